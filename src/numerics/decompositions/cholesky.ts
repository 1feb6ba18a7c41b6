import { InputError, ShapeError } from '../../core/errors.ts';
import { type Matrix, zeros64 } from '../../core/matrix.ts';
import { fourSumDot } from '../rows/dot.ts';
import { largestElement } from './checks.ts';
import { solveTriangular } from './triangular.ts';

/** Two mirror elements may differ by so much, relative to the largest element. */
const SYMMETRY = 1e-10;

/**
 * The lower triangular L with A = L Lᵀ of a symmetric positive definite n × n matrix, in float64.
 *
 * Backward error ‖A − L Lᵀ‖/‖A‖ of the order of 1e-16·n. Reads the lower triangle. Throws `InputError`
 * where A is not symmetric to 1e-10 of its largest element, is not finite, or is not positive definite
 * to working accuracy; the sentence names the pivot. n³/3 operations.
 */
export function cholesky(a: Matrix): Matrix<Float64Array> {
  requireSymmetric(a);
  const n = a.rows;
  const factor = zeros64(n, n);
  const l = factor.data;
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j < i; j++)
      l[row + j] = (a.data[row + j] - fourSumDot(l, row, l, j * n, j)) / l[j * n + j];
    const pivot = a.data[row + i] - fourSumDot(l, row, l, row, i);
    if (!(pivot > 0)) throw notPositiveDefinite(i, n, pivot);
    l[row + i] = Math.sqrt(pivot);
  }
  return factor;
}

/**
 * X with A X = B for symmetric positive definite A = L Lᵀ: L n × n from `cholesky`, B n × r.
 *
 * Relative error of the order of 1e-16·n·κ(A).
 */
export function choleskySolve(factor: Matrix, b: Matrix): Matrix<Float64Array> {
  return solveTriangular(factor, solveTriangular(factor, b, 'lower'), 'lower-transposed');
}

export function notPositiveDefinite(i: number, n: number, pivot: number): InputError {
  return new InputError(
    'cholesky',
    `the matrix is not positive definite: pivot ${i + 1} of ${n} is ${pivot}.`,
  );
}

/** Refuses matrices that are not square, finite and symmetric. */
export function requireSymmetric(a: Matrix): void {
  const { data, rows: n, cols } = a;
  if (n !== cols || n < 1) throw new ShapeError('cholesky', 'a square matrix', `${n} × ${cols}`);
  const tolerance = SYMMETRY * largestElement('cholesky', a);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const [below, above] = [data[i * n + j], data[j * n + i]];
      if (Math.abs(below - above) <= tolerance) continue;
      throw new InputError(
        'cholesky',
        `the matrix is not symmetric: element (${i}, ${j}) is ${below}, element (${j}, ${i}) is ${above}.`,
      );
    }
  }
}
