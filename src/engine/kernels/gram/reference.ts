import type { Matrix } from '../../../core/matrix.ts';
import { GRAM_ROWS } from './contract.ts';

/** Row a of XᵀX, columns b ≥ a, and their mirror images. */
export function gramRow(points: Matrix, a: number, out: Matrix<Float64Array>): void {
  const { data: x, rows: n, cols: d } = points;
  const sums = new Float64Array(d);
  const block = new Float64Array(d);
  for (let start = 0; start < n; start += GRAM_ROWS) {
    const end = Math.min(n, start + GRAM_ROWS);
    block.fill(0, a);
    for (let i = start; i < end; i++) {
      const xa = x[i * d + a];
      for (let b = a; b < d; b++) block[b] += xa * x[i * d + b];
    }
    for (let b = a; b < d; b++) sums[b] += block[b];
  }
  for (let b = a; b < d; b++) {
    out.data[a * d + b] = sums[b];
    out.data[b * d + a] = sums[b];
  }
}
