import { type Matrix, zeros64 } from '../core/matrix.ts';
import { Random } from '../core/random.ts';

/** n uniform points of the unit sphere, n × d, float64. */
export function uniformRows(n: number, d: number, random: Random | number): Matrix<Float64Array> {
  const stream = typeof random === 'number' ? Random.fromSeed(random) : random;
  const points = zeros64(n, d);
  const { data } = points;
  for (let i = 0; i < n; i++) {
    let squared = 0;
    for (let c = i * d; c < (i + 1) * d; c++) {
      data[c] = stream.normal();
      squared += data[c] * data[c];
    }
    const scale = 1 / Math.sqrt(squared);
    for (let c = i * d; c < (i + 1) * d; c++) data[c] *= scale;
  }
  return points;
}

/** A random orthogonal d × d matrix, by Gram and Schmidt applied twice. */
export function rotation(d: number, seed: number): Matrix<Float64Array> {
  const q = uniformRows(d, d, seed);
  const { data } = q;
  for (let i = 0; i < d; i++) {
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < i; j++) {
        let along = 0;
        for (let c = 0; c < d; c++) along += data[i * d + c] * data[j * d + c];
        for (let c = 0; c < d; c++) data[i * d + c] -= along * data[j * d + c];
      }
      let squared = 0;
      for (let c = 0; c < d; c++) squared += data[i * d + c] ** 2;
      for (let c = 0; c < d; c++) data[i * d + c] /= Math.sqrt(squared);
    }
  }
  return q;
}

/** X·Qᵀ: every row turned. */
export function turned(points: Matrix, q: Matrix): Matrix<Float64Array> {
  const { data: x, rows: n, cols: d } = points;
  const out = zeros64(n, d);
  for (let i = 0; i < n; i++) {
    for (let a = 0; a < d; a++) {
      let sum = 0;
      for (let c = 0; c < d; c++) sum += q.data[a * d + c] * x[i * d + c];
      out.data[i * d + a] = sum;
    }
  }
  return out;
}

/** A matrix from nested rows, float64. */
export function fromRows(rows: readonly (readonly number[])[]): Matrix<Float64Array> {
  return { data: Float64Array.from(rows.flat()), rows: rows.length, cols: rows[0]?.length ?? 0 };
}

/** d + 1 points of R^d with all cosines −1/d. */
export function simplex(d: number): Matrix<Float64Array> {
  const points = zeros64(d + 1, d);
  const { data } = points;
  // Row by row: coordinate c of row c takes the rest, all later rows share what is left.
  for (let c = 0; c < d; c++) {
    let rest = 1;
    for (let b = 0; b < c; b++) rest -= data[c * d + b] ** 2;
    data[c * d + c] = Math.sqrt(rest);
    for (let i = c + 1; i <= d; i++) {
      let shared = 0;
      for (let b = 0; b < c; b++) shared += data[i * d + b] * data[c * d + b];
      data[i * d + c] = (-1 / d - shared) / data[c * d + c];
    }
  }
  return points;
}

/** The 2d points ±e_c of R^d. */
export function orthoplex(d: number): Matrix<Float64Array> {
  const points = zeros64(2 * d, d);
  for (let c = 0; c < d; c++) {
    points.data[2 * c * d + c] = 1;
    points.data[(2 * c + 1) * d + c] = -1;
  }
  return points;
}
