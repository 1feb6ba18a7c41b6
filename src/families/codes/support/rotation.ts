import { type Matrix, matrix } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import { eigh } from '../../../numerics/decompositions/eigh.ts';

/**
 * The rows of `points` (n × k) in their d leading principal directions through the origin, n × d;
 * columns of zeros where k < d.
 */
export function leadingCoordinates(points: Matrix, d: number): Float64Array {
  const { data, rows: n, cols: k } = points;
  if (k > n) return coordinatesFromProducts(points, d);
  const gram = new Float64Array(k * k);
  for (let i = 0; i < n; i++) {
    for (let a = 0; a < k; a++) {
      const value = data[i * k + a];
      for (let b = 0; b < k; b++) gram[a * k + b] += value * data[i * k + b];
    }
  }
  const { vectors } = eigh(matrix(gram, k, k));
  const out = new Float64Array(n * d);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < Math.min(d, k); c++) {
      let sum = 0;
      for (let a = 0; a < k; a++) sum += data[i * k + a] * vectors.data[c * k + a];
      out[i * d + c] = sum;
    }
  }
  return out;
}

/** The same from the n × n inner products of the rows, √λ·u: where columns are many, far less work. */
function coordinatesFromProducts({ data, rows: n, cols: k }: Matrix, d: number): Float64Array {
  const products = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let a = 0; a < k; a++) sum += data[i * k + a] * data[j * k + a];
      products[i * n + j] = sum;
      products[j * n + i] = sum;
    }
  }
  const { values, vectors } = eigh(matrix(products, n, n));
  const out = new Float64Array(n * d);
  for (let c = 0; c < Math.min(d, n); c++) {
    const length = Math.sqrt(Math.max(0, values[c]));
    for (let i = 0; i < n; i++) out[i * d + c] = length * vectors.data[c * n + i];
  }
  return out;
}

/** The orthogonal matrix nearest to a d × d matrix M: M (MᵀM)^{−1/2}; 0 on its null space. */
export function orthogonalFactor(m: Float64Array, d: number): Float64Array {
  const square = new Float64Array(d * d);
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < d; b++) {
      for (let c = 0; c < d; c++) square[a * d + b] += m[c * d + a] * m[c * d + b];
    }
  }
  const { values, vectors } = eigh(matrix(square, d, d));
  const out = new Float64Array(d * d);
  for (let e = 0; e < d; e++) {
    if (values[e] <= 1e-14 * values[0]) break;
    const v = vectors.data.subarray(e * d, (e + 1) * d);
    for (let a = 0; a < d; a++) {
      let image = 0;
      for (let b = 0; b < d; b++) image += m[a * d + b] * v[b];
      image /= Math.sqrt(values[e]);
      for (let b = 0; b < d; b++) out[a * d + b] += image * v[b];
    }
  }
  return out;
}

/** A uniformly random orthogonal d × d matrix. */
export function randomRotation(d: number, random: Random): Float64Array {
  return orthogonalFactor(
    Float64Array.from({ length: d * d }, () => random.normal()),
    d,
  );
}
