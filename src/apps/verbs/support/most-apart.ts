import type { Matrix } from '../../../core/matrix.ts';

/** Pairs are looked at up to this many rows. */
const MOST_ROWS = 4000;

/**
 * An order of the rows in which the first `count` are as far apart as leaving rows out one by one
 * makes them: each time the row goes that is in most pairs at the largest cosine left. The first `kept`
 * rows stay first; the rows that went come last.
 */
export function mostApart(points: Matrix, count: number, kept: number): Int32Array {
  const { data, rows: n, cols: d } = points;
  const order = Int32Array.from({ length: n }, (_, i) => i);
  if (n > MOST_ROWS) return order;
  const cosines = new Float32Array(n * n).fill(-2);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (let k = 0; k < d; k++) sum += data[i * d + k] * data[j * d + k];
      cosines[i * n + j] = sum;
      cosines[j * n + i] = sum;
    }
  }
  const left = new Set(order);
  const gone: number[] = [];
  while (left.size > count) {
    let largest = -2;
    for (const i of left) for (const j of left) largest = Math.max(largest, cosines[i * n + j]);
    let worst = -1;
    let most = -1;
    for (const i of left) {
      if (i < kept) continue;
      let contacts = 0;
      for (const j of left) if (cosines[i * n + j] >= largest - 1e-6) contacts += 1;
      if (contacts < most) continue;
      most = contacts;
      worst = i;
    }
    left.delete(worst);
    gone.unshift(worst);
  }
  return Int32Array.from([...left, ...gone]);
}
