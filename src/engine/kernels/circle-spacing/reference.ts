import type { Floats, Matrix } from '../../../core/matrix.ts';
import { atan2 } from '../../../core/numeric.ts';
import { sortRow } from '../sort-rows/reference.ts';

/** Circle l of the projections: returns its sum of squares and overwrites its two columns. */
export function spaceCircle(projections: Matrix, l: number, inverseCap: number): number {
  const { data: xpq, rows: n, cols } = projections;
  const angles: Floats = xpq instanceof Float32Array ? new Float32Array(n) : new Float64Array(n);
  let mean = 0;
  for (let i = 0; i < n; i++) {
    const at = i * cols + 2 * l;
    angles[i] = atan2(xpq[at + 1], xpq[at]);
    mean += angles[i];
  }
  mean /= n;
  const order = new Int32Array(n);
  sortRow({ data: angles, rows: 1, cols: n }, 0, order);
  const ranks = new Int32Array(n);
  for (let rank = 0; rank < n; rank++) ranks[order[rank]] = rank;
  const scale = 2 / (n * cols);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const residual = angles[i] - mean - ((2 * ranks[i] + 1 - n) * Math.PI) / n;
    sum += residual * residual;
    const at = i * cols + 2 * l;
    const xp = xpq[at];
    const xq = xpq[at + 1];
    const inverse = 1 / Math.sqrt(xp * xp + xq * xq);
    // A point across the plane has no direction on the circle.
    const force =
      inverse === Infinity ? 0 : scale * residual * inverse * Math.min(inverse, inverseCap);
    xpq[at] = -force * xq;
    xpq[at + 1] = force * xp;
  }
  return sum;
}

/** The loss from the circles' sums. */
export function spacingLoss(sums: Float64Array, n: number): number {
  let sum = 0;
  for (const one of sums) sum += one;
  return sum === 0 ? 0 : sum / (2 * n * sums.length);
}
