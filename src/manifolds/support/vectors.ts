import type { Floats } from '../../core/matrix.ts';

/** ⟨u, v⟩ in float64. */
export function dot(u: Floats, v: Floats): number {
  const d = u.length;
  const whole = d - (d % 4);
  // Four sums, so that an addition need not wait for the one before it.
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let c = 0; c < whole; c += 4) {
    s0 += u[c] * v[c];
    s1 += u[c + 1] * v[c + 1];
    s2 += u[c + 2] * v[c + 2];
    s3 += u[c + 3] * v[c + 3];
  }
  for (let c = whole; c < d; c++) s0 += u[c] * v[c];
  return s0 + s1 + (s2 + s3);
}

/** x ← x/‖x‖ for any finite x; the zero vector, which has no nearest unit vector, becomes e₁. */
export function normalizeInPlace(x: Floats): void {
  let length = Math.sqrt(dot(x, x));
  if (length < 1e-140 || length > 1e140) {
    let largest = 0;
    for (let c = 0; c < x.length; c++) largest = Math.max(largest, Math.abs(x[c]));
    if (largest === 0) {
      x[0] = 1;
      return;
    }
    for (let c = 0; c < x.length; c++) x[c] /= largest;
    length = Math.sqrt(dot(x, x));
  }
  for (let c = 0; c < x.length; c++) x[c] /= length;
}
