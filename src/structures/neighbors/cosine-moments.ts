import { type Matrix, matrix } from '../../core/matrix.ts';
import type { Engine } from '../../engine/engine.ts';
import { meanRow } from '../../numerics/rows/centered.ts';
import type { CosineMoments } from './hub-corrections.ts';

/**
 * Mean and standard deviation of the cosines of each of n unit rows to the n − 1 others, from the mean
 * row and XᵀX: Σⱼ cᵢⱼ = xᵢ·Σxⱼ and Σⱼ cᵢⱼ² = xᵢᵀXᵀX xᵢ; O(nd²).
 */
export async function cosineMoments(
  points: Matrix,
  gram: Matrix<Float64Array>,
  engine: Engine,
): Promise<CosineMoments> {
  const { data: x, rows: n, cols: d } = points;
  const sums = meanRow(points).map((value) => value * n);
  const inner = points.data instanceof Float32Array ? Float32Array.from(gram.data) : gram.data;
  const images = await engine.matmul(points, matrix(inner, d, d));
  const mean = new Float64Array(n);
  const deviation = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let [sum, squares, own] = [0, 0, 0];
    for (let c = i * d; c < (i + 1) * d; c++) {
      sum += x[c] * sums[c - i * d];
      squares += x[c] * images.data[c];
      own += x[c] * x[c];
    }
    mean[i] = (sum - own) / (n - 1);
    deviation[i] = Math.sqrt(Math.max(0, (squares - own * own) / (n - 1) - mean[i] * mean[i]));
  }
  return { mean, deviation };
}
