import { InputError, ShapeError } from './errors.ts';
import type { Floats, Matrix } from './matrix.ts';

/**
 * A rows × cols matrix of which few numbers are not 0, row by row: row i has `values[e]` in column `columns[e]` for
 * offsets[i] ≤ e < offsets[i + 1] (CSR).
 */
export interface SparseMatrix {
  readonly rows: number;
  readonly cols: number;
  /** rows + 1 of them, from 0 to the number of values. */
  readonly offsets: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/** One number of a matrix, by its place: the edge of a graph and its weight. */
export interface SparseEntry {
  readonly row: number;
  readonly column: number;
  /** Default: 1. */
  readonly value?: number;
}

/** The matrix of these entries, in any order; two for one place are refused. */
export function sparseMatrix(
  rows: number,
  cols: number,
  entries: readonly SparseEntry[],
): SparseMatrix {
  entries.forEach(({ row, column, value = 1 }, e) => {
    if (!isPlace(row, rows) || !isPlace(column, cols) || !Number.isFinite(value))
      throw new InputError(
        'sparseMatrix',
        `entry ${e} is ${value} at (${row}, ${column}); expected a finite number in ${rows} rows and ${cols} columns.`,
      );
  });
  const sorted = entries.toSorted((a, b) => a.row - b.row || a.column - b.column);
  sorted.forEach(({ row, column }, e) => {
    const next = sorted[e + 1];
    if (next && next.row === row && next.column === column)
      throw new InputError('sparseMatrix', `two entries at (${row}, ${column}); expected one.`);
  });
  const columns = Int32Array.from(sorted, ({ column }) => column);
  const values = Float64Array.from(sorted, ({ value = 1 }) => value);
  const offsets = offsetsOf(
    sorted.map(({ row }) => row),
    rows,
  );
  return { rows, cols, offsets, columns, values };
}

/** The numbers of a matrix that are not 0, as they are. */
export function sparseOf({ data, rows, cols }: Matrix): SparseMatrix {
  const offsets = new Int32Array(rows + 1);
  for (let e = 0; e < data.length; e++) if (data[e] !== 0) offsets[Math.floor(e / cols) + 1]++;
  for (let i = 0; i < rows; i++) offsets[i + 1] += offsets[i];
  const columns = new Int32Array(offsets[rows]);
  const values = new Float64Array(offsets[rows]);
  let at = 0;
  for (let e = 0; e < data.length; e++) {
    if (data[e] === 0) continue;
    columns[at] = e % cols;
    values[at++] = data[e];
  }
  return { rows, cols, offsets, columns, values };
}

/** Aᵀ, its columns ascending in each row. */
export function transposedSparse({
  rows,
  cols,
  offsets,
  columns,
  values,
}: SparseMatrix): SparseMatrix {
  const turned = offsetsOf(columns, cols);
  const next = turned.slice(0, cols);
  const [rowsOfEntries, moved] = [new Int32Array(columns.length), new Float64Array(columns.length)];
  for (let i = 0; i < rows; i++) {
    for (let e = offsets[i]; e < offsets[i + 1]; e++) {
      const at = next[columns[e]]++;
      rowsOfEntries[at] = i;
      moved[at] = values[e];
    }
  }
  return { rows: cols, cols: rows, offsets: turned, columns: rowsOfEntries, values: moved };
}

/** `out` ← A·X, X m × d, row by row in float64. */
export function sparseTimes(
  { rows, offsets, columns, values }: SparseMatrix,
  x: Floats,
  d: number,
  out: Floats,
): void {
  const sum = new Float64Array(d);
  for (let i = 0; i < rows; i++) {
    sum.fill(0);
    addSparseRow(values, columns, offsets[i], offsets[i + 1], x, d, sum);
    for (let c = 0; c < d; c++) out[i * d + c] = sum[c];
  }
}

/**
 * `sum` += Σ values[e] · row columns[e] of X, X m × d, over from ≤ e < to: four rows at a time, each number of `sum` added
 * to in the order of e.
 */
export function addSparseRow(
  values: ArrayLike<number>,
  columns: ArrayLike<number>,
  from: number,
  to: number,
  x: Floats,
  d: number,
  sum: Float64Array,
): void {
  let e = from;
  for (; e + 3 < to; e += 4) {
    const v0 = values[e];
    const v1 = values[e + 1];
    const v2 = values[e + 2];
    const v3 = values[e + 3];
    let a0 = columns[e] * d;
    let a1 = columns[e + 1] * d;
    let a2 = columns[e + 2] * d;
    let a3 = columns[e + 3] * d;
    for (let c = 0; c < d; c++)
      sum[c] = sum[c] + v0 * x[a0++] + v1 * x[a1++] + v2 * x[a2++] + v3 * x[a3++];
  }
  for (; e + 1 < to; e += 2) {
    const v0 = values[e];
    const v1 = values[e + 1];
    let a0 = columns[e] * d;
    let a1 = columns[e + 1] * d;
    for (let c = 0; c < d; c++) sum[c] = sum[c] + v0 * x[a0++] + v1 * x[a1++];
  }
  for (; e < to; e++) {
    const weight = values[e];
    let at = columns[e] * d;
    for (let c = 0; c < d; c++) sum[c] += weight * x[at++];
  }
}

/** Refuses a matrix whose offsets or columns do not fit its shape. */
export function requireSparse(where: string, a: SparseMatrix): void {
  const { rows, cols, offsets, columns, values } = a;
  if (offsets.length !== rows + 1 || columns.length !== values.length)
    throw new ShapeError(
      where,
      `${rows + 1} offsets and as many columns as values`,
      `${offsets.length} offsets, ${columns.length} columns and ${values.length} values`,
    );
  if (offsets[0] !== 0 || offsets[rows] !== values.length)
    throw new InputError(
      where,
      `offsets must go from 0 to ${values.length}, the number of values.`,
    );
  for (let i = 0; i < rows; i++) {
    if (offsets[i + 1] < offsets[i])
      throw new InputError(
        where,
        `offset ${i + 1}, ${offsets[i + 1]}, is below the one before it.`,
      );
    for (let e = offsets[i]; e < offsets[i + 1]; e++) {
      if (!isPlace(columns[e], cols))
        throw new InputError(where, `column ${columns[e]} of row ${i} is not in 0 … ${cols - 1}.`);
    }
  }
}

const isPlace = (place: number, count: number) =>
  Number.isInteger(place) && place >= 0 && place < count;

/** Where each of `count` lists begins among ids sorted, and where the last one ends. */
function offsetsOf(ids: ArrayLike<number>, count: number): Int32Array {
  const offsets = new Int32Array(count + 1);
  for (let e = 0; e < ids.length; e++) offsets[ids[e] + 1]++;
  for (let i = 0; i < count; i++) offsets[i + 1] += offsets[i];
  return offsets;
}
