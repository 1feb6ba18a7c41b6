import { alike, type Floats, type Matrix, zerosLike } from '../../core/matrix.ts';
import { pow } from '../../core/numeric.ts';
import type { Engine, Work } from '../../engine/engine.ts';
import { principalAxes } from './principal-axes.ts';

export interface LeadingScores<T extends Floats = Floats> {
  /** U·Sᵖ, n × dim; a column of zeros where the singular value is 0. */
  readonly scores: Matrix<T>;
  /** The dim leading singular values. */
  readonly singularValues: Float64Array;
  /** Their share of Σ s². */
  readonly share: number;
}

/**
 * Rows by the `dim` leading singular directions of X = USVᵀ, each weighted by its singular value to the power p: p = 1
 * keeps products of rows, p = ½ is usual for tables of counts, p = 0 whitens. dim ≤ d.
 */
export async function leadingScores<T extends Floats>(
  points: Matrix<T>,
  dim: number,
  power: number,
  engine: Engine,
  work?: Work,
): Promise<LeadingScores<T>> {
  const { values, vectors, total } = await principalAxes(points, dim, engine, work);
  const singularValues = values.map((value) => Math.sqrt(value * points.rows));
  const factors = singularValues.map((s) => (s > 0 ? pow(s, power - 1) : 0));
  const axes = zerosLike(vectors);
  for (let e = 0; e < axes.data.length; e++)
    axes.data[e] = vectors.data[e] * factors[Math.floor(e / vectors.cols)];
  const scores = await engine.matmul(points, alike(axes, points), { transposeB: true }, work);
  const kept = values.reduce((sum, value) => sum + value, 0);
  return { scores: scores as Matrix<T>, singularValues, share: total > 0 ? kept / total : 1 };
}
