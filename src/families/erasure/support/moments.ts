import { gathered, type Matrix, matrix } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import { cholesky, choleskySolve } from '../../../numerics/decompositions/index.ts';
import { lessRow, meanRow } from '../../../numerics/rows/centered.ts';
import type { ErasureContext } from '../types.ts';
import { type Concept, classSums, conceptOfRows } from './concept.ts';

/** All that least squares of one-hot classes asks of rows. */
export interface Moments {
  /** 1/n Σ (x − origin)(x − origin)ᵀ, d × d. */
  readonly squares: Matrix<Float64Array>;
  /** 1/n Σ (z − shares)(x − origin)ᵀ, k × d. */
  readonly cross: Matrix<Float64Array>;
  /** 1/n Σ ‖z − shares‖². */
  readonly spread: number;
}

/** What moments are taken about: the mean row and the share of each class, of the rows that are fitted. */
export interface Center {
  readonly origin: Float64Array;
  readonly shares: Float64Array;
}

export function centerOf(points: Matrix, { counts }: Concept): Center {
  return {
    origin: meanRow(points),
    shares: Float64Array.from(counts, (count) => count / points.rows),
  };
}

export async function momentsAbout(
  { origin, shares }: Center,
  points: Matrix,
  concept: Concept,
  { engine, work }: Pick<ErasureContext, 'engine' | 'work'>,
): Promise<Moments> {
  const { rows: n, cols: d } = points;
  const middle = lessRow(points, origin);
  const { data } = await engine.gram(middle, work);
  const cross = classSums(points, concept, origin);
  const rest = meanRow(middle);
  let spread = 0;
  for (const [c, count] of concept.counts.entries()) {
    for (let e = 0; e < d; e++) cross.data[c * d + e] -= shares[c] * rest[e];
    spread += (count / n) * (1 - 2 * shares[c]) + shares[c] ** 2;
  }
  return {
    squares: matrix(
      data.map((sum) => sum / n),
      d,
      d,
    ),
    cross,
    spread,
  };
}

/** `penalty` as a share of the mean variance of a column, as a number. */
export function penaltyOf({ data, rows: d }: Matrix, penalty: number): number {
  let trace = 0;
  for (let c = 0; c < d; c++) trace += data[c * (d + 1)];
  return (penalty * trace) / d;
}

/** W = C(S + λI)⁻¹, k × d: ridge regression of the one-hot classes. */
export function ridgeWeights(
  { squares, cross }: Pick<Moments, 'squares' | 'cross'>,
  penalty: number,
): Matrix<Float64Array> {
  const { rows: k, cols: d } = cross;
  const loaded = squares.data.slice();
  for (let c = 0; c < d; c++) loaded[c * (d + 1)] += penalty;
  const columns = matrix(new Float64Array(d * k), d, k);
  for (let e = 0; e < k * d; e++) columns.data[(e % d) * k + Math.floor(e / d)] = cross.data[e];
  const solved = choleskySolve(cholesky(matrix(loaded, d, d)), columns).data;
  return matrix(
    cross.data.map((_, e) => solved[(e % d) * k + Math.floor(e / d)]),
    k,
    d,
  );
}

/** Rows with their concept. */
export interface ConceptRows {
  readonly points: Matrix;
  readonly concept: Concept;
}

/** Two parts of the rows by chance: `share` of them, one row at least, and the others. */
export function partedRows(
  points: Matrix,
  concept: Concept,
  share: number,
  random: Random,
): readonly [ConceptRows, ConceptRows] {
  const order = random.sample(points.rows);
  const count = Math.max(1, Math.round(share * points.rows));
  const of = (rows: Int32Array) => ({
    points: gathered(points, rows),
    concept: conceptOfRows(concept, rows),
  });
  return [of(order.slice(0, count).sort()), of(order.slice(count).sort())];
}
