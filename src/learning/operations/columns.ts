import type { Floats } from '../../core/matrix.ts';

/** Copies `width` columns of n rows, from column `start` of rows of `stride` numbers to those of another matrix. */
export function copyColumns(
  from: Floats,
  stride: number,
  start: number,
  to: Floats,
  toStride: number,
  toStart: number,
  width: number,
  n: number,
): void {
  for (let i = 0; i < n; i++) {
    const [a, b] = [i * stride + start, i * toStride + toStart];
    for (let c = 0; c < width; c++) to[b + c] = from[a + c];
  }
}
