import { type Matrix, matrix } from '../../core/matrix.ts';
import type { LinearAlgebra } from '../../engine/engine.ts';
import { meanRow } from '../../numerics/rows/centered.ts';
import type { CovarianceSpectrum } from './types.ts';

/** Eigenvalues (largest first) and eigenvectors (rows) of XᵀX/n − μμᵀ, from the rows and XᵀX. */
export async function covarianceOf(
  points: Matrix,
  gram: Matrix<Float64Array>,
  linalg: LinearAlgebra,
): Promise<CovarianceSpectrum> {
  return covarianceFrom(points.rows, meanRow(points), gram, linalg);
}

/** The same from the mean row. */
export async function covarianceFrom(
  n: number,
  mean: Float64Array,
  gram: Matrix<Float64Array>,
  linalg: LinearAlgebra,
): Promise<CovarianceSpectrum> {
  const d = mean.length;
  const covariance = new Float64Array(d * d);
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < d; b++) {
      covariance[a * d + b] = gram.data[a * d + b] / n - mean[a] * mean[b];
    }
  }
  const { values, vectors } = await linalg.eigh(matrix(covariance, d, d));
  return { mean, values, vectors };
}
