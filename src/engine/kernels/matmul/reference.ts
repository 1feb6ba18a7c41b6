import type { Floats, Matrix } from '../../../core/matrix.ts';

/** Row i of A·B (A·Bᵀ when `transposeB`) into row i of `out`, summed in float64. */
export function productRow(
  a: Matrix,
  b: Matrix,
  transposeB: boolean,
  i: number,
  out: Matrix<Floats>,
): void {
  const k = a.cols;
  const m = out.cols;
  for (let j = 0; j < m; j++) {
    let sum = 0;
    for (let t = 0; t < k; t++) {
      sum += a.data[i * k + t] * (transposeB ? b.data[j * k + t] : b.data[t * m + j]);
    }
    out.data[i * m + j] = sum;
  }
}
