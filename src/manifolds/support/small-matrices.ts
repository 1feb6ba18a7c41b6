import type { Floats } from '../../core/matrix.ts';

/** Rows ⟨xᵢ, yⱼ⟩ of rows x (n × p) and y (m × p), n × m, in float64. */
export function innerProducts(x: Floats, n: number, y: Floats, m: number, p: number): Float64Array {
  const out = new Float64Array(n * m);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) {
      let sum = 0;
      for (let c = 0; c < p; c++) sum += x[i * p + c] * y[j * p + c];
      out[i * m + j] = sum;
    }
  }
  return out;
}

/** out_j += scale·Σᵢ C[i,j]·xᵢ for rows x (n × p), C (n × m, its rows `stride` apart from place `at` on), out m × p. */
export function addMixed(
  x: Floats,
  n: number,
  p: number,
  c: Float64Array,
  out: Floats,
  m: number,
  { scale = 1, at = 0, stride = m } = {},
): void {
  for (let j = 0; j < m; j++) {
    for (let i = 0; i < n; i++) {
      const weight = scale * c[at + i * stride + j];
      for (let e = 0; e < p; e++) out[j * p + e] += weight * x[i * p + e];
    }
  }
}

/** A·B of k × k matrices. */
export function product(a: Float64Array, b: Float64Array, k: number): Float64Array {
  const out = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      const weight = a[i * k + j];
      for (let c = 0; c < k; c++) out[i * k + c] += weight * b[j * k + c];
    }
  }
  return out;
}

/** Aᵀ of a k × k matrix. */
export function transposedSquare(a: Float64Array, k: number): Float64Array {
  return a.map((_, e) => a[(e % k) * k + Math.floor(e / k)]);
}

/** Largest sum of |elements| of a row. */
function rowNorm(a: Float64Array, k: number): number {
  let largest = 0;
  for (let i = 0; i < k; i++) {
    let sum = 0;
    for (let j = 0; j < k; j++) sum += Math.abs(a[i * k + j]);
    largest = Math.max(largest, sum);
  }
  return largest;
}

const TAYLOR = 16;

/**
 * eᴬ of a k × k matrix: Taylor to A¹⁶ of A/2ˢ, whose norm is at most ½, squared s times. What the series leaves
 * out is below 1e-19; for skew A, whose powers do not grow, the squarings add about s units of rounding.
 */
export function matrixExponential(a: Float64Array, k: number): Float64Array {
  const squarings = Math.max(0, Math.ceil(Math.log2(2 * rowNorm(a, k))));
  const small = a.map((value) => value / 2 ** squarings);
  let sum = identity(k);
  for (let n = TAYLOR; n >= 1; n--) {
    sum = product(small, sum, k).map((value) => value / n);
    for (let i = 0; i < k; i++) sum[i * k + i] += 1;
  }
  for (let s = 0; s < squarings; s++) sum = product(sum, sum, k);
  return sum;
}

function identity(k: number): Float64Array {
  const out = new Float64Array(k * k);
  for (let i = 0; i < k; i++) out[i * k + i] = 1;
  return out;
}
