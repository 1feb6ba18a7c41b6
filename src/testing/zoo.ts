import { type Matrix, row, zeros, zeros64 } from '../core/matrix.ts';
import type { Random } from '../core/random.ts';
import { uniformPoints } from '../manifolds/sampling.ts';

/** Row 0 is e₁, row i is e₁ + e_{i+1}, not scaled: the centre is 45° from every arm, arms are 60° apart. */
export function star(n: number): Matrix<Float64Array> {
  const points = zeros64(n, n);
  for (let i = 0; i < n; i++) {
    points.data[i * n] = 1;
    points.data[i * n + i] = 1;
  }
  return points;
}

/** Uniform points of a great sphere of dimension m in R^d, along the first axes; float32. */
export function greatSphere(n: number, m: number, d: number, random: Random): Matrix<Float32Array> {
  const drawn = uniformPoints(n, m + 1, random);
  const points = zeros(n, d);
  for (let i = 0; i < n; i++) points.data.set(row(drawn, i), i * d);
  return points;
}

/** A flat torus of m uniform angles in R^{2m}: dimension m, bent in every direction; float32, not scaled. */
export function flatTorus(n: number, m: number, random: Random): Matrix<Float32Array> {
  const points = zeros(n, 2 * m);
  for (let i = 0; i < points.data.length; i += 2) {
    const angle = 2 * Math.PI * random.uniform();
    points.data[i] = Math.cos(angle);
    points.data[i + 1] = Math.sin(angle);
  }
  return points;
}
