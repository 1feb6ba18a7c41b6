import type { Corpus } from '../../apps/verbs/search.ts';
import { InputError } from '../../core/errors.ts';
import { type Column, mapColumns, type VectorTable } from '../../io/table.ts';
import { typedColumns } from '../../structures/filters/typed-columns.ts';

type Columns = Readonly<Record<string, Column>>;

/** Rows as documents of several vectors. */
export interface RowSets {
  readonly corpus: Corpus;
  /** What the documents are called. */
  readonly labels: readonly string[];
  /** Columns that say the same of all vectors of a document, one value each. */
  readonly columns: Columns;
  /** Names of the other columns. */
  readonly left: readonly string[];
}

/**
 * Documents of rows next to one another that have the same value in a column, or the same label.
 *
 * @throws InputError where nothing names the documents, or rows of one do not lie together
 */
export function setsOfRows(
  name: string,
  { points, labels, columns = {} }: VectorTable,
  document: string | undefined,
): RowSets {
  const names = document === undefined ? labels : columns[document];
  if (!names) throw new InputError(name, withoutNames(columns, document, labels !== undefined));
  const offsets = offsetsOf(name, Array.from<string | number, string>(names, String));
  const first = offsets.subarray(0, -1);
  const [same, left] = columnsOfSets(typedColumns(columns), offsets, document);
  return {
    corpus: { points, offsets, columns: same },
    labels: Array.from(first, (row) => String(names[row])),
    columns: same,
    left,
  };
}

function withoutNames(columns: Columns, document?: string, hasLabels = false): string {
  const names = Object.keys(columns).join(', ') || 'none';
  const wayOut = hasLabels ? ', and labels, which name the documents without --document' : '';
  if (document !== undefined)
    return `there is no column "${document}"; the columns are ${names}${wayOut}.`;
  return `nothing says to which document a vector belongs: labels, or a column by --document (${names}).`;
}

/** Where each document begins: rows of one name next to one another. */
function offsetsOf(name: string, names: readonly string[]): Int32Array {
  const begun = new Map<string, number>();
  const offsets: number[] = [];
  for (const [row, own] of names.entries()) {
    if (row > 0 && own === names[row - 1]) continue;
    const earlier = begun.get(own);
    if (earlier !== undefined) {
      const again = `row ${row} belongs to ${JSON.stringify(own)}, as row ${earlier} does, and other documents stand between`;
      throw new InputError(name, `${again}; sort the rows by document.`);
    }
    begun.set(own, row);
    offsets.push(row);
  }
  return Int32Array.from([...offsets, names.length]);
}

/** The columns that are the same in all rows of each document, and the names of the others. */
function columnsOfSets(
  columns: Columns,
  offsets: Int32Array,
  document: string | undefined,
): [Record<string, Column>, string[]] {
  const isSame = (column: Column) => {
    let at = 0;
    return Array.from<string | number>(column as ArrayLike<string>).every((value, row) => {
      if (row === offsets[at + 1]) at++;
      return Object.is(value, column[offsets[at]]);
    });
  };
  const given = Object.entries(columns).filter(([name]) => name !== document);
  const same = given.filter(([, column]) => isSame(column));
  const other = given.filter(([, column]) => !isSame(column)).map(([name]) => name);
  const first = offsets.subarray(0, -1);
  const taken = mapColumns(Object.fromEntries(same), (column) =>
    column instanceof Float64Array
      ? Float64Array.from(first, (row) => column[row])
      : Array.from(first, (row) => column[row]),
  );
  return [taken, other];
}
