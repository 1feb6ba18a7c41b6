import type { Floats } from '../../../core/matrix.ts';
import { cos, sin } from '../../../core/numeric.ts';

/** Steps the row of length d that starts at `at`. */
export function stepRow(x: Floats, v: Floats, at: number, d: number): void {
  // Even and odd entries apart: two sums at a time do not wait for each other.
  let xx0 = 0;
  let xv0 = 0;
  let vv0 = 0;
  let xx1 = 0;
  let xv1 = 0;
  let vv1 = 0;
  const end = at + d;
  let c = at;
  for (; c + 1 < end; c += 2) {
    const x0 = x[c];
    const v0 = v[c];
    const x1 = x[c + 1];
    const v1 = v[c + 1];
    xx0 += x0 * x0;
    xv0 += x0 * v0;
    vv0 += v0 * v0;
    xx1 += x1 * x1;
    xv1 += x1 * v1;
    vv1 += v1 * v1;
  }
  if (c < end) {
    xx0 += x[c] * x[c];
    xv0 += x[c] * v[c];
    vv0 += v[c] * v[c];
  }
  const squared = vv0 + vv1;
  if (squared === 0) return;
  const a = Math.sqrt(squared);
  const along = cos(a);
  const across = sin(a) / a;
  const length = Math.sqrt(
    along * along * (xx0 + xx1) + 2 * along * across * (xv0 + xv1) + across * across * squared,
  );
  const alongX = along / length;
  const alongV = across / length;
  for (c = at; c < end; c++) x[c] = alongX * x[c] + alongV * v[c];
}
