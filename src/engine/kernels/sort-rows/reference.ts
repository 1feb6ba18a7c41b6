import type { Matrix } from '../../../core/matrix.ts';
import { compareInRow } from './contract.ts';

/** The sorting order of row i of `values` into `order` (length n). */
export function sortRow(values: Matrix, i: number, order: Int32Array): void {
  const n = values.cols;
  const v = values.data.subarray(i * n, (i + 1) * n);
  for (let j = 0; j < n; j++) order[j] = j;
  order.sort((a, b) => compareInRow(v, a, b));
}
