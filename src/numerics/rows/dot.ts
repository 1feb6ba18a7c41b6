import type { Floats, Matrix } from '../../core/matrix.ts';

/** ⟨x, y⟩ in float64, summed in order. */
export function dot(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < x.length; k++) sum += x[k] * y[k];
  return sum;
}

/** Σ xₖ² in float64, summed in order. */
export function squaredNorm(x: ArrayLike<number>): number {
  return dot(x, x);
}

/** ⟨row i of X, row j of Y⟩ in float64, summed in order. */
export function rowDot(x: Matrix, i: number, y: Matrix, j: number): number {
  const d = x.cols;
  const [p, q] = [i * d, j * d];
  let sum = 0;
  for (let c = 0; c < d; c++) sum += x.data[p + c] * y.data[q + c];
  return sum;
}

/** ‖xᵢ‖², n. */
export function squaredLengths(m: Matrix): Float64Array {
  return Float64Array.from({ length: m.rows }, (_, i) => rowDot(m, i, m, i));
}

/**
 * Σ x[i + k] y[j + k] over k < d in float64, in four running sums, so that an addition need not wait
 * for the one before it; engines and solvers sum so.
 */
export function fourSumDot(x: Floats, i: number, y: Floats, j: number, d: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 3 < d; k += 4) {
    s0 += x[i + k] * y[j + k];
    s1 += x[i + k + 1] * y[j + k + 1];
    s2 += x[i + k + 2] * y[j + k + 2];
    s3 += x[i + k + 3] * y[j + k + 3];
  }
  for (; k < d; k++) s0 += x[i + k] * y[j + k];
  return s0 + s1 + (s2 + s3);
}

/** Σ (x[i + k] − y[j + k])² over k < d in float64, in four running sums. */
export function fourSumGap(x: Floats, i: number, y: Floats, j: number, d: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 3 < d; k += 4) {
    const e0 = x[i + k] - y[j + k];
    const e1 = x[i + k + 1] - y[j + k + 1];
    const e2 = x[i + k + 2] - y[j + k + 2];
    const e3 = x[i + k + 3] - y[j + k + 3];
    s0 += e0 * e0;
    s1 += e1 * e1;
    s2 += e2 * e2;
    s3 += e3 * e3;
  }
  for (; k < d; k++) s0 += (x[i + k] - y[j + k]) * (x[i + k] - y[j + k]);
  return s0 + s1 + (s2 + s3);
}
