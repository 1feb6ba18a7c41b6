import { alike, type Matrix } from '../../../core/matrix.ts';
import { lessRow } from '../../../numerics/rows/centered.ts';
import type { ErasureContext } from '../types.ts';
import {
  type Center,
  type ConceptRows,
  centerOf,
  momentsAbout,
  penaltyOf,
  ridgeWeights,
} from './moments.ts';

type Context = Pick<ErasureContext, 'engine' | 'work'>;

/** The class of the largest score of each row, W(x − origin) + shares. */
export async function namedClasses(
  weights: Matrix<Float64Array>,
  { origin, shares }: Center,
  points: Matrix,
  { engine, work }: Context,
): Promise<Int32Array> {
  const middle = lessRow(points, origin);
  const { data, cols: k } = await engine.matmul(middle, alike(weights, points), true, work);
  return Int32Array.from({ length: points.rows }, (_, i) => {
    let best = 0;
    for (let c = 1; c < k; c++)
      if (data[i * k + c] + shares[c] > data[i * k + best] + shares[best]) best = c;
    return best;
  });
}

/**
 * The class that ridge regression of the one-hot classes, with an intercept, gives each row of others.
 *
 * @param ridge the penalty, in mean variances of a column
 */
export async function leastSquaresClasses(
  { points, concept }: ConceptRows,
  others: readonly Matrix[],
  ridge: number,
  context: Context,
): Promise<readonly Int32Array[]> {
  const center = centerOf(points, concept);
  const moments = await momentsAbout(center, points, concept, context);
  const penalty = penaltyOf(moments.squares, ridge);
  // Without any spread every weight is 0, whatever the penalty.
  const weights = ridgeWeights(moments, penalty > 0 ? penalty : 1);
  const named: Int32Array[] = [];
  for (const rows of others) named.push(await namedClasses(weights, center, rows, context));
  return named;
}
