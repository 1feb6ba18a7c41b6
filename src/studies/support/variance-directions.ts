import { type Matrix, rows, toFloat32 } from '../../core/matrix.ts';
import type { Engine } from '../../engine/engine.ts';
import { lessRow } from '../../numerics/rows/centered.ts';
import { covarianceOf } from '../../structures/spectra/covariance.ts';
import type { CovarianceSpectrum } from '../../structures/spectra/types.ts';

/** The principal directions of the rows about their mean, by their variance. */
export async function varianceDirections(
  points: Matrix,
  engine: Engine,
): Promise<CovarianceSpectrum> {
  return covarianceOf(points, await engine.gram(points), engine.linalg);
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
