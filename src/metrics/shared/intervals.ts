import type { Estimate } from '../contract.ts';

/** Two-sided 95 % of a normal law. */
export const Z95 = 1.959963984540054;

/** The 95 % interval of an estimate with a normal law. */
export function normalInterval({ value, standardError }: Estimate): {
  readonly value: number;
  readonly low: number;
  readonly high: number;
} {
  const half = Z95 * standardError;
  return { value, low: value - half, high: value + half };
}

/** Mean of independent values and its standard error, sd/√n; NaN from a single value. */
export function meanEstimate(values: ArrayLike<number>): Estimate {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i];
  const value = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i] - value) ** 2;
  return { value, standardError: n < 2 ? NaN : Math.sqrt(squares / (n - 1) / n) };
}
