import type { Matrix } from '../../core/matrix.ts';
import { transposed, transposeInto } from '../../core/transposed.ts';
import { type Bidiagonal, bidiagonalizationInPlace } from './bidiagonal.ts';
import { bidiagonalQrInPlace } from './bidiagonal-qr.ts';
import { largestElement, largestFirst, powerOfTwo } from './checks.ts';
import { type Reflections, reflectRowsInPlace } from './householder.ts';
import { Panels } from './panels.ts';
import { triangularizedInPlace } from './qr.ts';
import { signOfLargest } from './signs.ts';

/** A = U diag(s) Vᵀ, n × d, with k = min(n, d). */
export interface Svd {
  /** n × k, orthonormal columns: the left singular vectors. */
  readonly u: Matrix<Float64Array>;
  /** k singular values, largest first, none negative. */
  readonly s: Float64Array;
  /** d × k, orthonormal columns: the right singular vectors. */
  readonly v: Matrix<Float64Array>;
}

/**
 * Thin singular value decomposition of an n × d matrix, in float64: A = U diag(s) Vᵀ, U n × k, V d × k,
 * k = min(n, d).
 *
 * Householder QR of the tall side, bidiagonalisation, implicit QR iteration; never a Gram matrix, so a
 * small singular value has the absolute accuracy 1e-16·‖A‖. ‖A − U diag(s) Vᵀ‖/‖A‖ and the loss of
 * orthogonality are of the order of 1e-15·√k. In each column of V the first of the largest |elements|
 * is positive. Vectors of a repeated or zero value are some orthonormal basis of their space.
 * Throws `InputError` where an element is not finite.
 *
 * Source: Golub and Van Loan, Matrix Computations, 4th ed., 8.6.3; Demmel and Kahan 1990.
 */
export function svd(a: Matrix): Svd {
  const scale = powerOfTwo(largestElement('svd', a));
  const tall = a.rows >= a.cols;
  const [n, d] = tall ? [a.rows, a.cols] : [a.cols, a.rows];
  const { reflections, bidiagonal } = reduced(a, scale);
  const left = reversedPanels(bidiagonal.left, d);
  const right = reversedPanels(bidiagonal.right, d);
  const { diagonal, offDiagonal } = bidiagonal;
  bidiagonalQrInPlace(diagonal, offDiagonal, left.take, right.take);
  const order = largestFirst(diagonal.map(Math.abs));
  const reversed = order.map((i) => d - 1 - i);
  const ofRows = right.rows(reversed);
  const inner = left.rows(reversed);
  const ofColumns = new Float64Array(d * n);
  for (let k = 0; k < d; k++) ofColumns.set(inner.subarray(k * d, (k + 1) * d), k * n);
  reflectRowsInPlace(ofColumns, d, reflections);
  const values = Float64Array.from(order, (i) => diagonal[i]);
  const columns = { data: ofColumns, rows: d, cols: n };
  return assembled(columns, values, { data: ofRows, rows: d, cols: d }, tall, scale);
}

/**
 * The result from the singular vectors of the longer side (d × n rows) and of the shorter side (d × d
 * rows), which are changed, and the signed values; `tall`: the longer side is that of the rows of A.
 */
export function assembled(
  longer: Matrix<Float64Array>,
  values: Float64Array,
  shorter: Matrix<Float64Array>,
  tall: boolean,
  scale: number,
): Svd {
  const [forU, forV] = tall ? [longer, shorter] : [shorter, longer];
  for (let k = 0; k < values.length; k++) {
    if (values[k] < 0) negateRow(forU, k);
    if (signOfLargest(forV.data, k * forV.cols, forV.cols, 1) > 0) continue;
    negateRow(forU, k);
    negateRow(forV, k);
  }
  return {
    u: transposed(forU),
    s: values.map((value) => Math.abs(value) * scale),
    v: transposed(forV),
  };
}

/**
 * The min(n, d) singular values of an n × d matrix, largest first, in float64; absolute error of the
 * order of 1e-16·‖A‖. Throws `InputError` where an element is not finite.
 */
export function singularValues(a: Matrix): Float64Array {
  const scale = powerOfTwo(largestElement('singularValues', a));
  const { diagonal, offDiagonal } = reduced(a, scale).bidiagonal;
  bidiagonalQrInPlace(diagonal, offDiagonal);
  return diagonal
    .map(Math.abs)
    .sort()
    .reverse()
    .map((value) => value * scale);
}

/** QR of A (of Aᵀ if A is wide) divided by `scale`, and R in bidiagonal form. */
function reduced(
  a: Matrix,
  scale: number,
): { readonly reflections: Reflections; readonly bidiagonal: Bidiagonal } {
  const tall = a.rows >= a.cols;
  const [n, d] = tall ? [a.rows, a.cols] : [a.cols, a.rows];
  const columns = new Float64Array(n * d);
  if (tall) transposeInto(a.data, n, d, d, columns, n, scale);
  else for (let i = 0; i < columns.length; i++) columns[i] = a.data[i] / scale;
  const { reflections, diagonal } = triangularizedInPlace(columns, n, d);
  const r = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    r[i * d + i] = diagonal[i];
    for (let j = i + 1; j < d; j++) r[i * d + j] = columns[j * n + i];
  }
  const { step, result } = bidiagonalizationInPlace(r, d);
  for (let k = 0; k < d; k++) step(k);
  return { reflections, bidiagonal: result };
}

/** The product of the reflections, d × d: column i as row d − 1 − i. */
function reversedPanels(reflections: Reflections, d: number): Panels {
  const basis = new Float64Array(d * d);
  for (let i = 0; i < d; i++) basis[i * d + i] = 1;
  reflectRowsInPlace(basis, d, reflections, true);
  const flipped = new Float64Array(d * d);
  for (let i = 0; i < d; i++) flipped.set(basis.subarray(i * d, (i + 1) * d), (d - 1 - i) * d);
  return new Panels(flipped, d);
}

function negateRow({ data, cols }: Matrix<Float64Array>, k: number): void {
  for (let j = k * cols; j < (k + 1) * cols; j++) data[j] = -data[j];
}
