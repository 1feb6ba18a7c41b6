import { exp, log } from '../../core/numeric.ts';

/** sinh x, with all digits near 0. */
export function sinh(x: number): number {
  if (Math.abs(x) >= 1) return (exp(x) - exp(-x)) / 2;
  // Taylor to x¹⁹: what follows is below 1e-19 of the sum.
  const z = x * x;
  let series = 0;
  for (let n = 18; n >= 2; n -= 2) series = (z / (n * (n + 1))) * (1 + series);
  return x * (1 + series);
}

export function cosh(x: number): number {
  return (exp(x) + exp(-x)) / 2;
}

export function tanh(x: number): number {
  return Math.abs(x) > 20 ? Math.sign(x) : sinh(x) / cosh(x);
}

/** The x ≥ 0 with sinh x = y, for y ≥ 0, with all digits near 0. */
export function asinh(y: number): number {
  if (y > 1e8) return log(y) + Math.LN2;
  return log1p(y + (y * y) / (1 + Math.sqrt(1 + y * y)));
}

/** ln(1 + y), y ≥ 0: what rounding takes off 1 + y is given back to first order. */
function log1p(y: number): number {
  const u = 1 + y;
  return log(u) - (u - 1 - y) / u;
}
