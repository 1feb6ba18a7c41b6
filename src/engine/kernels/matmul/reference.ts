import type { Matrix } from '../../../core/matrix.ts';
import type { Product } from './contract.ts';

/** Row i of the product, summed in float64. */
export function productRow(a: Matrix, b: Matrix, product: Product, i: number): void {
  const { n, k, m, transposeA, transposeB, bias, out } = product;
  for (let j = 0; j < m; j++) {
    let sum = bias ? bias[j] : 0;
    for (let t = 0; t < k; t++) {
      const left = a.data[transposeA ? t * n + i : i * k + t];
      sum += left * b.data[transposeB ? j * k + t : t * m + j];
    }
    out.data[i * m + j] = sum;
  }
}
