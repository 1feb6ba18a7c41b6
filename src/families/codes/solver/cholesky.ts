/**
 * The lower Cholesky factor of A + shift·I, in place; A is m × m, symmetric, semidefinite.
 *
 * Only the lower triangle is read and written. A pivot that rounding drives below the shift is set
 * to it, so singular A are fine, where `cholesky` of `numerics` refuses them. The codes found rest on
 * the order of these sums.
 */
export function choleskyInPlace(a: Float64Array, m: number, shift: number): void {
  for (let j = 0; j < m; j++) {
    const rowJ = j * m;
    let pivot = a[rowJ + j] + shift;
    for (let k = 0; k < j; k++) pivot -= a[rowJ + k] * a[rowJ + k];
    const root = Math.sqrt(Math.max(pivot, shift));
    a[rowJ + j] = root;
    for (let i = j + 1; i < m; i++) {
      const rowI = i * m;
      let sum = a[rowI + j];
      for (let k = 0; k < j; k++) sum -= a[rowI + k] * a[rowJ + k];
      a[rowI + j] = sum / root;
    }
  }
}

/** x with L·Lᵀ·x = b, L the lower triangle of `factor`. */
export function solveCholesky(factor: Float64Array, m: number, b: Float64Array): Float64Array {
  const x = b.slice();
  for (let i = 0; i < m; i++) {
    let sum = x[i];
    for (let k = 0; k < i; k++) sum -= factor[i * m + k] * x[k];
    x[i] = sum / factor[i * m + i];
  }
  for (let i = m - 1; i >= 0; i--) {
    const value = x[i] / factor[i * m + i];
    x[i] = value;
    for (let k = 0; k < i; k++) x[k] -= factor[i * m + k] * value;
  }
  return x;
}
