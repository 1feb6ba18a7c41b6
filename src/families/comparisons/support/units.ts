import { AbortedError } from '../../../core/errors.ts';
import { type Matrix, matrix } from '../../../core/matrix.ts';
import { counted } from '../../../core/text.ts';
import { transposed } from '../../../core/transposed.ts';
import { yieldToEventLoop } from '../../../engine/yield.ts';
import { assignRows } from '../../../numerics/solvers/assignment.ts';
import type { Pair } from '../types.ts';
import { drawCount } from './haar.ts';
import { oncePerPair } from './pair.ts';
import { roundedProduct, scaledBy } from './scatter.ts';

const MOST_ORDERS = 40;

/** Bipartite: no column twice. Semi: each column of the narrower space with its best one. */
export type Match = 'bipartite' | 'semi';

/** Pairs (column of A, column of B). */
export type Matches = readonly (readonly [number, number])[];

export interface UnitCorrelations {
  /** 1/√ of each column's sum of squares, of A and of B; 0 where it does not vary. */
  readonly left: Float64Array;
  readonly right: Float64Array;
  /** dA × dB. */
  readonly cross: Matrix<Float64Array>;
  /** How many columns do not vary. */
  readonly constant: number;
}

/** Correlations of the columns of A with those of B. */
export const unitCorrelations = /* @__PURE__ */ oncePerPair(
  async (pair): Promise<UnitCorrelations> => {
    const { a, b, cross } = await pair.scatters();
    const [left, right] = [inverseLengths(a), inverseLengths(b)];
    const constant = [...left, ...right].filter((scale) => scale === 0).length;
    return { left, right, cross: scaledBy(cross, left, right), constant };
  },
);

/** A sentence where columns do not vary. */
export function constantColumns(constant: number): string[] {
  const still = counted(
    constant,
    'column does not vary and counts',
    'columns do not vary and count',
  );
  return constant > 0 ? [`${still} as unmatched.`] : [];
}

/** 1/√ of the diagonal; 0 where a column does not vary. */
export function inverseLengths({ data, rows: d }: Matrix<Float64Array>): Float64Array {
  return Float64Array.from({ length: d }, (_, c) =>
    data[c * d + c] > 0 ? 1 / Math.sqrt(data[c * d + c]) : 0,
  );
}

/** For each column of the narrower space one of the other, so that the sum of `likeness` is largest. */
export function matched(likeness: Matrix, match: Match): Matches {
  const narrow = likeness.rows <= likeness.cols;
  const c = narrow ? likeness : transposed(likeness);
  const columns =
    match === 'bipartite'
      ? assignRows({ ...c, data: Float64Array.from(c.data, (r) => -r) }).columns
      : Int32Array.from({ length: c.rows }, (_, i) => largestAt(c.data, i * c.cols, c.cols));
  return Array.from(columns, (j, i): readonly [number, number] => (narrow ? [i, j] : [j, i]));
}

/** The columns that `unit-matching` puts together. */
export async function matchedUnits(pair: Pair, match: Match): Promise<Matches> {
  return matched((await unitCorrelations(pair)).cross, match);
}

function largestAt(data: Matrix['data'], from: number, count: number): number {
  let best = 0;
  for (let j = 1; j < count; j++) if (data[from + j] > data[from + best]) best = j;
  return best;
}

export function meanOf({ data, cols }: Matrix, matches: Matches): number {
  return matches.reduce((sum, [i, j]) => sum + data[i * cols + j], 0) / matches.length;
}

/** The correlations between columns when one space is turned at random, one matrix a draw. */
export async function turnedCorrelations(
  pair: Pair,
  { left, right }: Pick<UnitCorrelations, 'left' | 'right'>,
): Promise<readonly Matrix[]> {
  const { a, b } = await pair.axes();
  const toColumns = (axes: typeof a, scale: Float64Array) =>
    scaledBy(transposed(axes.vectors), scale, axes.values.map(Math.sqrt));
  const [va, vb] = [toColumns(a, left), toColumns(b, right)];
  const found: Matrix[] = [];
  for (const drawn of await pair.turnedBlocks()) {
    const half = await roundedProduct(va, drawn, false, pair);
    found.push(await roundedProduct(half, vb, true, pair));
  }
  return found;
}

/** Random orders of so many rows, for a null; fewer where one pass costs more multiplications. */
export async function* shuffledRows(
  pair: Pair,
  name: string,
  rows: number,
  cost: number,
): AsyncGenerator<Int32Array> {
  const size = Math.cbrt(cost / 2);
  const count = Math.min(MOST_ORDERS, drawCount({ a: size, b: size }));
  for (let r = 0; r < count; r++) {
    pair.work.onProgress?.(r / count);
    await yieldToEventLoop();
    if (pair.work.signal?.aborted) throw new AbortedError(name);
    yield pair.random(name).fork(r).sample(rows);
  }
}

/** Standardised columns: less their mean, times the scale of each; n × d. */
export function standardised(centered: Matrix, scale: Float64Array): Matrix<Float64Array> {
  const d = centered.cols;
  return matrix(
    Float64Array.from(centered.data, (x, at) => x * scale[at % d]),
    centered.rows,
    d,
  );
}
