import { InputError } from '../../../core/errors.ts';
import { type SparseMatrix, transposedSparse } from '../../../core/sparse.ts';
import type { PackedArray } from '../../../io/packed.ts';

/** Refuses rows with a number that is not finite, or with a column twice. */
export function requireSparseRows(
  id: string,
  { rows, cols, offsets, columns, values }: SparseMatrix,
): void {
  const rowOf = new Int32Array(cols).fill(-1);
  for (let i = 0; i < rows; i++) {
    for (let e = offsets[i]; e < offsets[i + 1]; e++) {
      const column = columns[e];
      if (!Number.isFinite(values[e]))
        throw new InputError(
          id,
          `expected finite numbers; row ${i} has ${values[e]} in column ${column}.`,
        );
      if (rowOf[column] === i)
        throw new InputError(id, `expected each column once; row ${i} has column ${column} twice.`);
      rowOf[column] = i;
    }
  }
}

/** For each column the rows that are not 0 in it and their values: `lists` says where that of a column begins and ends. */
export function listsOf(given: SparseMatrix): {
  readonly arrays: Readonly<Record<string, PackedArray>>;
  readonly counts: Int32Array;
} {
  const { rows: cols, offsets, columns, values } = transposedSparse(withoutZeros(given));
  const narrow = Float32Array.from(values);
  const data = narrow.every((x, e) => x === values[e]) ? narrow : values;
  return {
    arrays: {
      lists: { shape: [cols + 1], data: offsets },
      rows: { shape: [columns.length], data: columns },
      values: { shape: [values.length], data },
    },
    counts: Int32Array.from({ length: cols }, (_, c) => offsets[c + 1] - offsets[c]),
  };
}

/** The same matrix without entries that are 0. */
function withoutZeros(given: SparseMatrix): SparseMatrix {
  if (!given.values.includes(0)) return given;
  const { rows, offsets } = given;
  const kept = Int32Array.from(given.values.keys()).filter((e) => given.values[e] !== 0);
  const fewer = new Int32Array(rows + 1);
  for (let i = 0, at = 0; i <= rows; i++) {
    while (at < kept.length && kept[at] < offsets[i]) at++;
    fewer[i] = at;
  }
  return {
    ...given,
    offsets: fewer,
    columns: Int32Array.from(kept, (e) => given.columns[e]),
    values: Float64Array.from(kept, (e) => given.values[e]),
  };
}

/** ‖x‖² of each row. */
export function squaredLengths({ rows, offsets, values }: SparseMatrix): Float64Array {
  const squares = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let e = offsets[i]; e < offsets[i + 1]; e++) squares[i] += values[e] * values[e];
  }
  return squares;
}
