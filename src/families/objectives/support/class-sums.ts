import type { Matrix } from '../../../core/matrix.ts';

/** The sum of the rows of each of `count` classes, count × d; rows of class −1 are in none. */
export function classSums(
  { data: x, cols: d }: Matrix,
  classes: Int32Array,
  count: number,
): Float64Array {
  const sums = new Float64Array(count * d);
  for (let i = 0; i < classes.length; i++) {
    if (classes[i] < 0) continue;
    const at = classes[i] * d;
    for (let c = 0; c < d; c++) sums[at + c] += x[i * d + c];
  }
  return sums;
}
