import { type Matrix, rows, toFloat32 } from '../../core/matrix.ts';
import type { Engine } from '../../engine/engine.ts';
import { lessRow } from '../../numerics/rows/centered.ts';
import { sumOf } from '../../numerics/statistics/averages.ts';
import { covarianceOf } from '../../structures/spectra/covariance.ts';
import type { CovarianceSpectrum } from '../../structures/spectra/types.ts';

/** Eigenvalues below this share of the largest are rounding. */
const ROUNDING = 1e-9;

/** The principal directions of the rows about their mean, by their variance. */
export async function varianceDirections(
  points: Matrix,
  engine: Engine,
): Promise<CovarianceSpectrum> {
  return covarianceOf(points, await engine.gram(points), engine.linalg);
}

/**
 * The τ-effective dimension: the smallest k with λ₁ + … + λ_k ≥ τ·Σλ, eigenvalues largest first; those that rounding
 * leaves of 0 count as 0.
 */
export function effectiveDimension(values: Float64Array, share: number): number {
  const kept = values.filter((value) => value > ROUNDING * values[0]);
  const wanted = share * sumOf(kept);
  let sum = 0;
  const k = kept.findIndex((value) => {
    sum += value;
    return sum >= wanted;
  });
  return k < 0 ? kept.length : k + 1;
}

/** Coordinates of the rows, less the mean, along the first k directions: n × k. */
export async function alongDirections(
  points: Matrix,
  { mean, vectors }: CovarianceSpectrum,
  k: number,
  engine: Engine,
): Promise<Matrix<Float32Array>> {
  const axes = toFloat32(rows(vectors, 0, k));
  return toFloat32(await engine.matmul(toFloat32(lessRow(points, mean)), axes, true));
}
