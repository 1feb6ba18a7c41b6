import type { Floats } from '../../core/matrix.ts';
import { cos, sin } from '../../core/numeric.ts';

/** Steps the row of length d that starts at `at`. */
export function stepRow(x: Floats, v: Floats, at: number, d: number): void {
  let squared = 0;
  for (let c = at; c < at + d; c++) squared += v[c] * v[c];
  if (squared === 0) return;
  const a = Math.sqrt(squared);
  const along = cos(a);
  const across = sin(a) / a;
  let length = 0;
  for (let c = at; c < at + d; c++) {
    const y = along * x[c] + across * v[c];
    length += y * y;
  }
  const scale = 1 / Math.sqrt(length);
  for (let c = at; c < at + d; c++) x[c] = (along * x[c] + across * v[c]) * scale;
}
