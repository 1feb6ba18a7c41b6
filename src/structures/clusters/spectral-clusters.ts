import { ShapeError } from '../../core/errors.ts';
import { type Matrix, zeros64 } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { LinearAlgebra } from '../../engine/engine.ts';
import { kMeans } from '../../numerics/solvers/k-means.ts';

/**
 * Spectral clustering (Ng, Jordan and Weiss 2002) of n rows by a symmetric n × n affinity that is not negative: k-means of
 * the unit rows of the first k eigenvectors of D^(−½) W D^(−½). A row without affinities lies at 0. One `eigh` of n × n.
 */
export async function spectralClusters(
  affinity: Matrix,
  k: number,
  random: Random,
  linalg: LinearAlgebra,
): Promise<Int32Array> {
  const { rows: n } = affinity;
  if (affinity.cols !== n)
    throw new ShapeError('spectralClusters', 'a square matrix', `${n} × ${affinity.cols}`);
  const { vectors } = await linalg.eigh(normalized(affinity));
  const rows = zeros64(n, k);
  for (let i = 0; i < n; i++) {
    let squares = 0;
    for (let c = 0; c < k; c++) squares += vectors.data[c * n + i] ** 2;
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let c = 0; c < k; c++) rows.data[i * k + c] = scale * vectors.data[c * n + i];
  }
  return kMeans(rows, { clusters: k, starts: 10 }, random).of;
}

/** D^(−½) W D^(−½). */
function normalized({ data, rows: n }: Matrix): Matrix<Float64Array> {
  const scales = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) scales[i] += data[i * n + j];
    scales[i] = scales[i] > 0 ? 1 / Math.sqrt(scales[i]) : 0;
  }
  const out = zeros64(n, n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) out.data[i * n + j] = scales[i] * data[i * n + j] * scales[j];
  return out;
}
