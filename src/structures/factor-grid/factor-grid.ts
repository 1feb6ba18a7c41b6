import { InputError } from '../../core/errors.ts';
import { gathered, type Matrix, zeros64 } from '../../core/matrix.ts';

/** One of the things that a cell of a grid is made of, with the values that it takes, in the order they come. */
export interface Factor {
  readonly name: string;
  readonly values: readonly string[];
}

/** Vectors of composite concepts: each cell takes one value of each of k factors. Not every cell need be there. */
export interface FactorGrid {
  readonly factors: readonly Factor[];
  /** The m cells that are there, m × d: each the mean of its rows, in float64, or these themselves where each has one. */
  readonly cells: Matrix;
  /** m × k: the place of each cell's value among the values of each factor. */
  readonly levels: Int32Array;
  /** The rows of each cell. */
  readonly rowsOf: readonly (readonly number[])[];
}

/** A factor as a column: a value for each entry; an entry with an empty value is of no cell. */
export interface FactorColumn {
  readonly name: string;
  readonly values: readonly string[];
}

/** The cells that entries make, in the order in which they first come; entry e is row `rows[e]`, or row e. */
export function factorGrid(
  where: string,
  points: Matrix,
  columns: readonly FactorColumn[],
  rows?: ArrayLike<number>,
): FactorGrid {
  const count = rows?.length ?? points.rows;
  requireColumns(where, count, columns);
  const places = columns.map(() => new Map<string, number>());
  const cellOf = new Map<string, number[]>();
  const levels: number[] = [];
  for (let entry = 0; entry < count; entry++) {
    if (columns.some(({ values }) => values[entry] === '')) continue;
    const own = columns.map(({ values }, f) => placeOf(places[f], values[entry]));
    const key = own.join();
    const row = rows?.[entry] ?? entry;
    const cell = cellOf.get(key);
    if (cell) cell.push(row);
    else {
      cellOf.set(key, [row]);
      levels.push(...own);
    }
  }
  const factors = columns.map(({ name }, f) => ({ name, values: [...places[f].keys()] }));
  requireValues(where, factors);
  const rowsOf = [...cellOf.values()];
  return { factors, cells: cellsOf(points, rowsOf), levels: Int32Array.from(levels), rowsOf };
}

function requireColumns(where: string, count: number, columns: readonly FactorColumn[]): void {
  if (columns.length < 2)
    throw new InputError(where, `a grid needs two factors or more; there is ${columns.length}.`);
  const odd = columns.find(({ values }) => values.length !== count);
  if (odd)
    throw new InputError(
      where,
      `the factor "${odd.name}" has ${odd.values.length} values for ${count} rows.`,
    );
}

function requireValues(where: string, factors: readonly Factor[]): void {
  const single = factors.find(({ values }) => values.length < 2);
  if (!single) return;
  const { name, values } = single;
  throw new InputError(
    where,
    `the factor "${name}" has ${values.length === 0 ? 'no value' : 'one value'} among the rows; a factor needs two or more.`,
  );
}

function placeOf(places: Map<string, number>, value: string): number {
  const place = places.get(value) ?? places.size;
  places.set(value, place);
  return place;
}

/** No copy of the rows where each is a cell. */
function cellsOf(points: Matrix, rowsOf: readonly (readonly number[])[]): Matrix {
  if (rowsOf.some((rows) => rows.length > 1)) return meansOf(points, rowsOf);
  const isWhole = rowsOf.length === points.rows && rowsOf.every(([row], cell) => row === cell);
  if (isWhole) return points;
  return gathered(
    points,
    rowsOf.map(([row]) => row),
  );
}

function meansOf({ data, cols: d }: Matrix, rowsOf: readonly (readonly number[])[]) {
  const out = zeros64(rowsOf.length, d);
  for (const [cell, rows] of rowsOf.entries())
    for (const row of rows)
      for (let c = 0; c < d; c++) out.data[cell * d + c] += data[row * d + c] / rows.length;
  return out;
}

/** Whether every combination of values is there. */
export function isComplete({ factors, cells }: FactorGrid): boolean {
  return cells.rows === factors.reduce((product, { values }) => product * values.length, 1);
}

/** The factor with the most values, the first of several: what the cells are about, mostly. */
export function widestFactor({ factors }: Pick<FactorGrid, 'factors'>): number {
  const sizes = factors.map(({ values }) => values.length);
  return sizes.indexOf(Math.max(...sizes));
}

/** Cell by its values' places; undefined where it is not there. */
export function cellFinder({ factors, levels, cells }: FactorGrid) {
  const k = factors.length;
  const known = new Map<string, number>();
  for (let i = 0; i < cells.rows; i++) known.set(levels.slice(i * k, (i + 1) * k).join(), i);
  return (own: ArrayLike<number>): number | undefined => known.get(Array.from(own).join());
}
