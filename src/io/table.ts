import { ShapeError } from '../core/errors.ts';
import { gathered, type Matrix, rows } from '../core/matrix.ts';
import type { FormatId } from './format-id.ts';
import type { DType } from './support/dtype.ts';

export { firstBadValue } from '../core/finite.ts';

/** Values that travel with the rows: text, or numbers with NaN where missing. */
export type Column = readonly string[] | Float64Array;

/** n vectors of d numbers, with what the file said about each row. */
export interface VectorTable {
  /** n × d. */
  readonly points: Matrix<Float32Array>;
  /** n labels, where the file has them. */
  readonly labels?: readonly string[] | undefined;
  /** Other columns by name, n values each. */
  readonly columns?: Readonly<Record<string, Column>> | undefined;
  /** Where the table came from. */
  readonly source?: TableSource | undefined;
  /** Where these are some rows of a larger file: which, and what was seen of the others. */
  readonly survey?: Survey | undefined;
}

/** Which rows of a file a table holds, and what was seen of all. */
export interface Survey {
  /** Rows of the file. */
  readonly of: number;
  /** The number in the file of each row of the table, ascending; m. */
  readonly rows: Int32Array;
  /** Rows of the file without a direction: all zeros, or not finite. None of them is in the table. */
  readonly invalid: readonly number[];
  /** Rows of the file whose values all equal those of an earlier row. */
  readonly copies: readonly number[];
}

export interface TableSource {
  readonly name: string;
  readonly format: FormatId | 'shards' | 'lance' | 'postgres' | 'qdrant';
  readonly dtype: DType | 'text';
  /** What a database calls the types of columns, by name: another table of it gets the same. */
  readonly types?: Readonly<Record<string, string>> | undefined;
}

/** Rows a to b (b excluded); the points are a view. */
export function tableRows(table: VectorTable, a: number, b: number): VectorTable {
  return {
    points: rows(table.points, a, b),
    labels: table.labels?.slice(a, b),
    columns:
      table.columns && mapColumns(table.columns, (column) => column.slice(a, b) as typeof column),
    source: table.source,
  };
}

/** The rows at these places, in memory of their own. */
export function takenRows(table: VectorTable, places: readonly number[]): VectorTable {
  return {
    points: gathered(table.points, places),
    labels: table.labels && places.map((i) => table.labels?.[i] ?? ''),
    columns:
      table.columns &&
      mapColumns(table.columns, (column) =>
        column instanceof Float64Array
          ? Float64Array.from(places, (i) => column[i])
          : places.map((i) => column[i]),
      ),
    source: table.source,
  };
}

/** The same names with other values; safe for any name, `__proto__` included. */
export function mapColumns(
  columns: Readonly<Record<string, Column>>,
  change: (column: Column, name: string) => Column,
): Record<string, Column> {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, change(column, name)]),
  );
}

/** What rows of the file are called, by their number in it: labels, where there are. */
export function rowNames({
  labels,
  survey,
}: Pick<VectorTable, 'labels' | 'survey'>): (row: number) => string {
  const places = survey && new Map(Array.from(survey.rows, (row, at) => [row, at]));
  return (row) => labels?.[places ? (places.get(row) ?? -1) : row] ?? `row ${row}`;
}

/** Refuses a table whose labels or columns do not have one value for each row. */
export function requireConsistent(where: string, table: VectorTable): void {
  const { data, rows: n, cols: d } = table.points;
  if (data.length !== n * d) {
    throw new ShapeError(where, `${n * d} values for ${n} × ${d}`, `${data.length}`);
  }
  if (d === 0) throw new ShapeError(where, 'vectors with at least 1 column', 'none');
  requireOneValueEach(where, table);
}

/** Refuses labels or columns that do not have one value for each row. */
export function requireOneValueEach(where: string, table: VectorTable): void {
  const n = table.points.rows;
  if (table.labels && table.labels.length !== n) {
    throw new ShapeError(where, `${n} labels, one a row`, `${table.labels.length}`);
  }
  for (const [name, column] of Object.entries(table.columns ?? {})) {
    if (column.length === n) continue;
    throw new ShapeError(
      where,
      `${n} values in column ${JSON.stringify(name)}`,
      `${column.length}`,
    );
  }
}
