import type { Floats } from '../../core/matrix.ts';

/**
 * Σ_c (x_c − y_c)² of two rows of length d that start at `xAt` and `yAt`, in float64.
 *
 * Four partial sums, one per residue of c modulo 4, joined as (s₀ + s₁) + (s₂ + s₃): the order every
 * engine keeps, so that distances, and with them ties, agree to the bit.
 */
export function squaredDistance(x: Floats, xAt: number, y: Floats, yAt: number, d: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const whole = d & ~3;
  let c = 0;
  for (; c < whole; c += 4) {
    const t0 = x[xAt + c] - y[yAt + c];
    const t1 = x[xAt + c + 1] - y[yAt + c + 1];
    const t2 = x[xAt + c + 2] - y[yAt + c + 2];
    const t3 = x[xAt + c + 3] - y[yAt + c + 3];
    s0 += t0 * t0;
    s1 += t1 * t1;
    s2 += t2 * t2;
    s3 += t3 * t3;
  }
  if (c < d) s0 += (x[xAt + c] - y[yAt + c]) ** 2;
  if (c + 1 < d) s1 += (x[xAt + c + 1] - y[yAt + c + 1]) ** 2;
  if (c + 2 < d) s2 += (x[xAt + c + 2] - y[yAt + c + 2]) ** 2;
  return s0 + s1 + (s2 + s3);
}

/** Σ_c x_c y_c, summed in the same order. */
export function innerProduct(x: Floats, xAt: number, y: Floats, yAt: number, d: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const whole = d & ~3;
  let c = 0;
  for (; c < whole; c += 4) {
    s0 += x[xAt + c] * y[yAt + c];
    s1 += x[xAt + c + 1] * y[yAt + c + 1];
    s2 += x[xAt + c + 2] * y[yAt + c + 2];
    s3 += x[xAt + c + 3] * y[yAt + c + 3];
  }
  if (c < d) s0 += x[xAt + c] * y[yAt + c];
  if (c + 1 < d) s1 += x[xAt + c + 1] * y[yAt + c + 1];
  if (c + 2 < d) s2 += x[xAt + c + 2] * y[yAt + c + 2];
  return s0 + s1 + (s2 + s3);
}

/** Σ_c (x_c + y_c)², summed in the same order: small for nearly opposite rows. */
export function squaredSum(x: Floats, xAt: number, y: Floats, yAt: number, d: number): number {
  const s = [0, 0, 0, 0];
  for (let c = 0; c < d; c++) s[c & 3] += (x[xAt + c] + y[yAt + c]) ** 2;
  return s[0] + s[1] + (s[2] + s[3]);
}
