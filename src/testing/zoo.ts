import { type Matrix, zeros64 } from '../core/matrix.ts';

/** Row 0 is e₁, row i is e₁ + e_{i+1}, not scaled: the centre is 45° from every arm, arms are 60° apart. */
export function star(n: number): Matrix<Float64Array> {
  const points = zeros64(n, n);
  for (let i = 0; i < n; i++) {
    points.data[i * n] = 1;
    points.data[i * n + i] = 1;
  }
  return points;
}
