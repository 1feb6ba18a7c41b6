import { type Matrix, toFloat64, zeros64 } from '../../core/matrix.ts';
import { transposed } from '../../core/transposed.ts';
import { largestElement } from './checks.ts';
import {
  type Reflections,
  reflectFour,
  reflectOne,
  reflector,
  reflectRowsInPlace,
} from './householder.ts';

/** A = Q R, n × d, with k = min(n, d). */
export interface Qr {
  /** n × k, orthonormal columns. */
  readonly q: Matrix<Float64Array>;
  /** k × d, zero below the diagonal; diagonal ≥ 0. */
  readonly r: Matrix<Float64Array>;
}

/**
 * Thin QR decomposition of an n × d matrix, in float64: A = Q R, Q n × k, R k × d, k = min(n, d).
 *
 * Householder reflections; errors ‖A − QR‖/‖A‖ and ‖QᵀQ − I‖ are of the order of 1e-15·√n whatever the
 * rank. The diagonal of R is not negative, which makes the decomposition unique at full column rank.
 * Throws `InputError` where an element is not finite.
 *
 * Source: Golub and Van Loan, Matrix Computations, 4th ed., 5.2.1.
 */
export function qr(a: Matrix): Qr {
  largestElement('qr', a);
  const { rows: n, cols: d } = a;
  const columns = transposed(toFloat64(a)).data;
  const { reflections, diagonal } = triangularizedInPlace(columns, n, d);
  const k = reflections.count;
  const basis = new Float64Array(k * n);
  for (let i = 0; i < k; i++) basis[i * n + i] = 1;
  reflectRowsInPlace(basis, k, reflections, true);
  const q = zeros64(n, k);
  const r = zeros64(k, d);
  for (let i = 0; i < k; i++) {
    const sign = diagonal[i] < 0 ? -1 : 1;
    for (let j = 0; j < n; j++) q.data[j * k + i] = sign * basis[i * n + j];
    r.data[i * d + i] = sign * diagonal[i];
    for (let j = i + 1; j < d; j++) r.data[i * d + j] = sign * columns[j * n + i];
  }
  return { q, r };
}

/**
 * Householder triangularisation of the n × d matrix whose columns are the rows of `columns` (d × n).
 *
 * Afterwards row j holds column j of R before place j, and the reflection vector from place j on; the
 * diagonal of R is returned. 2d²(n − d/3) operations.
 */
export function triangularizedInPlace(
  columns: Float64Array,
  n: number,
  d: number,
): { readonly reflections: Reflections; readonly diagonal: Float64Array } {
  const count = Math.min(n, d);
  const tau = new Float64Array(count);
  const diagonal = new Float64Array(count);
  const reflections = { vectors: columns, tau, count, m: n, offset: 0 };
  for (let k = 0; k < count; k++) {
    const at = k * n + k;
    const { beta, scale } = reflector(columns, at, (k + 1) * n, columns, at);
    diagonal[k] = beta;
    tau[k] = scale;
    if (scale === 0) continue;
    let j = k + 1;
    for (; j + 3 < d; j += 4) reflectFour(columns, j * n, reflections, k);
    for (; j < d; j++) reflectOne(columns, j * n, reflections, k);
  }
  return { reflections, diagonal };
}
