import { type Matrix, matrix, toFloat32, toFloat64, zeros64 } from '../../../core/matrix.ts';
import { transposed } from '../../../core/transposed.ts';
import type { Engine, LinearAlgebra, Work } from '../../../engine/engine.ts';
import type { Pair, PairInput, Scatter, Scatters } from '../types.ts';

/** Eigenvalues below this share of the largest are rounding of float32 rows, and count as 0. */
const NOISE = 1e-11;

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
  work: Work = {},
): Promise<Scatter> {
  const { values, vectors } = await linalg.eigh(scatter, work);
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

/** Rows of B that stay in the cache while those of A go by. */
const BAND = 32;

/** out ← A·Bᵀ, in tiles of two rows and four columns. */
function multiplyRows(a: Matrix, b: Matrix, out: Matrix<Float64Array>): void {
  const [n, m] = [a.rows, b.rows];
  const [evenRows, wholeColumns] = [n - (n % 2), m - (m % 4)];
  for (let from = 0; from < wholeColumns; from += BAND) {
    const to = Math.min(wholeColumns, from + BAND);
    for (let i = 0; i < evenRows; i += 2) {
      for (let j = from; j < to; j += 4) multiplyTile(a, b, out, i, j);
    }
  }
  for (let i = 0; i < n; i++) {
    for (let j = i < evenRows ? wholeColumns : 0; j < m; j++) {
      let sum = 0;
      for (let c = 0; c < a.cols; c++) sum += a.data[i * a.cols + c] * b.data[j * a.cols + c];
      out.data[i * m + j] = sum;
    }
  }
}

function multiplyTile(
  { data: x, cols: k }: Matrix,
  { data: y, rows: m }: Matrix,
  { data: out }: Matrix<Float64Array>,
  i: number,
  j: number,
): void {
  let [a0, a1, a2, a3] = [0, 0, 0, 0];
  let [b0, b1, b2, b3] = [0, 0, 0, 0];
  const [p, q] = [i * k, j * k];
  for (let c = 0; c < k; c++) {
    const [s, t] = [x[p + c], x[p + k + c]];
    const y0 = y[q + c];
    const y1 = y[q + k + c];
    const y2 = y[q + 2 * k + c];
    const y3 = y[q + 3 * k + c];
    a0 += s * y0;
    a1 += s * y1;
    a2 += s * y2;
    a3 += s * y3;
    b0 += t * y0;
    b1 += t * y1;
    b2 += t * y2;
    b3 += t * y3;
  }
  const at = i * m + j;
  out.set([a0, a1, a2, a3], at);
  out.set([b0, b1, b2, b3], at + m);
}

export function traceOf({ data, rows }: Matrix): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += data[i * rows + i];
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
  w: Matrix,
  engine: Engine,
  work: Work = {},
): Promise<Matrix> {
  return engine.matmul(rows, roundedLike(w, rows), false, work);
}

/**
 * A·B, or A·Bᵀ, of maps for a pair's rows, on the engine: rounded to the rows' type, as `mapped` rounds
 * them. For what needs no more digits than the rows have.
 */
export async function roundedProduct(
  a: Matrix,
  b: Matrix,
  transposeB: boolean,
  { a: rows, engine, work }: Pick<Pair, 'a' | 'engine' | 'work'>,
): Promise<Matrix> {
  if (a.data.length === 0 || b.data.length === 0) return product(a, b, transposeB);
  return engine.matmul(roundedLike(a, rows), roundedLike(b, rows), transposeB, work);
}

function roundedLike(m: Matrix, { data }: Matrix): Matrix {
  if (m.data.constructor === data.constructor) return m;
  return data instanceof Float64Array ? toFloat64(m) : toFloat32(m);
}
