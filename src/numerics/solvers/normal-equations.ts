/**
 * Solves A x = b in place: b becomes x, the lower triangle of A, r × r and positive definite, its Cholesky factor. For
 * systems of a few unknowns, of which there are many: nothing is allocated.
 */
export function solvedNormalEquations(a: Float64Array, b: Float64Array): void {
  const r = b.length;
  for (let i = 0; i < r; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * r + j];
      for (let c = 0; c < j; c++) sum -= a[i * r + c] * a[j * r + c];
      a[i * r + j] = i === j ? Math.sqrt(sum) : sum / a[j * r + j];
    }
    for (let j = 0; j < i; j++) b[i] -= a[i * r + j] * b[j];
    b[i] /= a[i * r + i];
  }
  for (let i = r - 1; i >= 0; i--) {
    for (let j = i + 1; j < r; j++) b[i] -= a[j * r + i] * b[j];
    b[i] /= a[i * r + i];
  }
}
