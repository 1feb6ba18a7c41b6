import { type Matrix, matrix, zeros64 } from '../../core/matrix.ts';
import type { Engine, LinearAlgebra, Work } from '../../engine/engine.ts';
import type { PairInput, Scatter } from '../contract.ts';

/** Eigenvalues below this share of the largest are rounding of float32 rows, and count as 0. */
const NOISE = 1e-11;

/** AᵀA, BᵀB and AᵀB, in float64. */
export interface Scatters {
  readonly a: Matrix<Float64Array>;
  readonly b: Matrix<Float64Array>;
  /** dA × dB. */
  readonly cross: Matrix<Float64Array>;
}

/** All three are blocks of the Gram matrix of the rows (a, b), which engines sum in float64. */
export async function scattersOf(
  { a, b }: PairInput,
  engine: Engine,
  work: Work = {},
): Promise<Scatters> {
  const [p, q] = [a.cols, b.cols];
  const joint = await engine.gram(sideBySide(a, b), work);
  return {
    a: block(joint, 0, 0, p, p),
    b: block(joint, p, p, q, q),
    cross: block(joint, 0, p, p, q),
  };
}

/** Rows (a, b): n × (dA + dB). */
function sideBySide(a: Matrix, b: Matrix): Matrix {
  const d = a.cols + b.cols;
  const data = new (a.data.constructor as new (n: number) => typeof a.data)(a.rows * d);
  for (let i = 0; i < a.rows; i++) {
    data.set(a.data.subarray(i * a.cols, (i + 1) * a.cols), i * d);
    data.set(b.data.subarray(i * b.cols, (i + 1) * b.cols), i * d + a.cols);
  }
  return { data, rows: a.rows, cols: d };
}

/** The rows × cols block from row i and column j on; a copy. */
export function block(
  m: Matrix<Float64Array>,
  i: number,
  j: number,
  rows: number,
  cols: number,
): Matrix<Float64Array> {
  const out = zeros64(rows, cols);
  for (let r = 0; r < rows; r++) {
    const from = (i + r) * m.cols + j;
    out.data.set(m.data.subarray(from, from + cols), r * cols);
  }
  return out;
}

/** The directions in which n centred rows vary, from their XᵀX; at most n − 1. */
export async function scatterAxes(
  scatter: Matrix<Float64Array>,
  n: number,
  linalg: LinearAlgebra,
): Promise<Scatter> {
  const { values, vectors } = await linalg.eigh(scatter);
  const floor = Math.max(values[0], 0) * NOISE;
  let rank = 0;
  while (rank < Math.min(values.length, n - 1) && values[rank] > floor) rank++;
  return {
    values: values.slice(0, rank),
    vectors: block(vectors, 0, 0, rank, vectors.cols),
    total: traceOf(scatter),
  };
}

/** Λa^{−½} Va C Vbᵀ Λb^{−½}: rA × rB, singular values are the canonical correlations. */
export function whitenedProduct(
  { a, b }: { readonly a: Scatter; readonly b: Scatter },
  cross: Matrix<Float64Array>,
): Matrix<Float64Array> {
  const out = product(product(a.vectors, cross), b.vectors, true);
  for (let i = 0; i < out.rows; i++) {
    for (let j = 0; j < out.cols; j++) {
      out.data[i * out.cols + j] /= Math.sqrt(a.values[i] * b.values[j]);
    }
  }
  return out;
}

/** A·B, or A·Bᵀ, of small matrices in float64. */
export function product(a: Matrix, b: Matrix, transposeB = false): Matrix<Float64Array> {
  if (a.rows === 0 || b.rows === 0 || a.cols === 0) {
    return zeros64(a.rows, transposeB ? b.rows : b.cols);
  }
  const out = zeros64(a.rows, transposeB ? b.rows : b.cols);
  multiplyRows(a, transposeB ? b : transposed(b), out);
  return out;
}

/** out ← A·Bᵀ, four columns of the result at a time. */
function multiplyRows(a: Matrix, b: Matrix, out: Matrix<Float64Array>): void {
  const [n, m, k] = [a.rows, b.rows, a.cols];
  for (let i = 0; i < n; i++) {
    let j = 0;
    for (; j + 3 < m; j += 4) {
      let [s0, s1, s2, s3] = [0, 0, 0, 0];
      const [p, q] = [i * k, j * k];
      for (let c = 0; c < k; c++) {
        const x = a.data[p + c];
        s0 += x * b.data[q + c];
        s1 += x * b.data[q + k + c];
        s2 += x * b.data[q + 2 * k + c];
        s3 += x * b.data[q + 3 * k + c];
      }
      out.data[i * m + j] = s0;
      out.data[i * m + j + 1] = s1;
      out.data[i * m + j + 2] = s2;
      out.data[i * m + j + 3] = s3;
    }
    for (; j < m; j++) {
      let sum = 0;
      for (let c = 0; c < k; c++) sum += a.data[i * k + c] * b.data[j * k + c];
      out.data[i * m + j] = sum;
    }
  }
}

export function transposed(m: Matrix): Matrix<Float64Array> {
  const out = zeros64(m.cols, m.rows);
  for (let i = 0; i < m.rows; i++) {
    for (let c = 0; c < m.cols; c++) out.data[c * m.rows + i] = m.data[i * m.cols + c];
  }
  return out;
}

export function traceOf({ data, rows }: Matrix): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += data[i * rows + i];
  return sum;
}

/** Σ of the squares of the elements. */
export function squaredNorm({ data }: Matrix): number {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += data[i] * data[i];
  return sum;
}

/** A diagonal-times-matrix product: row i times left[i], column j times right[j]. */
export function scaledBy(
  m: Matrix<Float64Array>,
  left: ArrayLike<number> | null,
  right: ArrayLike<number> | null,
): Matrix<Float64Array> {
  const out = matrix(m.data.slice(), m.rows, m.cols);
  for (let i = 0; i < m.rows; i++) {
    for (let j = 0; j < m.cols; j++) {
      out.data[i * m.cols + j] *= (left ? left[i] : 1) * (right ? right[j] : 1);
    }
  }
  return out;
}

/** X·W for n rows, on the engine: W is rounded to the rows' type. */
export async function mapped(
  rows: Matrix,
  w: Matrix<Float64Array>,
  engine: Engine,
  work: Work = {},
): Promise<Matrix> {
  const wide = rows.data instanceof Float64Array;
  const right = wide ? w : { data: Float32Array.from(w.data), rows: w.rows, cols: w.cols };
  return engine.matmul(rows, right, false, work);
}
