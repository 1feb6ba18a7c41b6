import { gathered, type Matrix } from '../../../../core/matrix.ts';
import { sumOf } from '../../../../numerics/statistics/averages.ts';
import type { NullValue } from '../../../../numerics/statistics/null-value.ts';
import type { Space } from '../../../../structures/space/types.ts';
import type { Classes } from './classes.ts';
import { permutedLaw } from './shuffled-null.ts';

const DRAWS = 5;
/** Products of rows and columns that the covariances of one draw may take. */
const MOST_PRODUCTS = 1e9;
const FEWEST_PARTS = 4;
const FEWEST_ROWS = 3;

/** A number of some rows, weighed over classes. */
export interface PartStatistic {
  readonly of: (points: Matrix) => number | Promise<number>;
  /** Whether a class counts by its rows, or as one. */
  readonly byRows: boolean;
  /** Of all rows. */
  readonly whole: number;
}

/**
 * What f(all rows) − Σ w_c f(rows of class c) is when the classes are shuffled among the rows.
 *
 * Where the rows are too many for that, some of the classes are drawn (with fewer rows each, if even
 * these are too many): f of m random rows is off by about b/m, so that the difference goes with
 * Σ w_c/n_c − 1/n, by which it is carried over. `result` turns the difference into the
 * number. Undefined with fewer than two classes that count.
 */
export async function shuffledParts(
  space: Space,
  { counts }: Classes,
  { of, byRows, whole }: PartStatistic,
  observed: number,
  result: (difference: number) => number,
  most: number = MOST_PRODUCTS,
): Promise<NullValue | undefined> {
  const { rows: n, cols: d } = space.points;
  const random = space.random('shuffled parts');
  const wanted = [...counts].filter((count) => count >= FEWEST_ROWS || byRows);
  if (wanted.length < 2) return undefined;
  const values: number[] = [];
  let drawn = 0;
  for (let r = 0; r < DRAWS; r++) {
    const order = random.fork('classes').fork(r).sample(wanted.length);
    const sizes = sizesWithin(
      Array.from(order, (c) => wanted[c]),
      d,
      most,
    );
    drawn = sizes.length;
    const rows = random.fork('rows').fork(r).sample(n, sumOf(sizes));
    let difference = rows.length === n ? whole : await of(gathered(space.points, rows));
    let start = 0;
    for (const size of sizes) {
      const part = rows.subarray(start, start + size);
      difference -= share(size, sizes, byRows) * (await of(gathered(space.points, part)));
      start += size;
    }
    values.push(result(difference * (bias(wanted, byRows) / bias(sizes, byRows))));
  }
  const some = drawn < wanted.length ? ` (${drawn} of ${wanted.length} classes)` : '';
  return permutedLaw(values, observed, `${DRAWS} times shuffled classes${some}`);
}

/** As many of the classes as fit, but four; these with fewer rows where they do not fit. */
function sizesWithin(sizes: readonly number[], d: number, most: number): number[] {
  const kept: number[] = [];
  let work = 0;
  for (const size of sizes) {
    if (kept.length >= FEWEST_PARTS && work + size * d * Math.min(size, d) > most) continue;
    kept.push(size);
    work += size * d * Math.min(size, d);
  }
  const part = Math.min(1, most / work);
  return kept.map((size) => Math.max(Math.min(size, FEWEST_ROWS), Math.floor(size * part)));
}

function share(size: number, sizes: readonly number[], byRows: boolean): number {
  return byRows ? size / sumOf(sizes) : 1 / sizes.length;
}

/** Σ w_c/n_c − 1/n. */
function bias(sizes: readonly number[], byRows: boolean): number {
  return sumOf(sizes.map((size) => share(size, sizes, byRows) / size)) - 1 / sumOf(sizes);
}
