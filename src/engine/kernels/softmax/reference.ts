import type { Floats } from '../../../core/matrix.ts';

/** Softmax of the row of c numbers that starts at `start`, in place; its log-sum-exp. */
export function softmaxRow(x: Floats, start: number, c: number): number {
  const end = start + c;
  let top = Number.NEGATIVE_INFINITY;
  for (let e = start; e < end; e++) if (!(x[e] <= top)) top = x[e];
  let total = 0;
  for (let e = start; e < end; e++) total += Math.exp(x[e] - top);
  for (let e = start; e < end; e++) x[e] = Math.exp(x[e] - top) / total;
  return top + Math.log(total);
}
