import { skewedInterval, skewedTail } from '../../../numerics/laws/gamma.ts';
import { Z95 } from '../../../numerics/laws/normal.ts';
import type { Expected } from '../types.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A 95 % interval cut to where the number can be. */
export function around(
  value: number,
  standardError: number,
  least = -Infinity,
  most = Infinity,
): Interval | Record<string, never> {
  if (!Number.isFinite(value) || !Number.isFinite(standardError)) return {};
  const half = Z95 * standardError;
  return { low: Math.max(least, value - half), high: Math.min(most, value + half) };
}

/** Standard error from the values without row i, i = 1 … n: √((n−1)/n Σ (θᵢ − θ̄)²). */
export function jackknifeError(without: ArrayLike<number>): number {
  const n = without.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += without[i] / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (without[i] - mean) ** 2;
  return Math.sqrt((squares * (n - 1)) / n);
}

/** Standard error of a smooth function of means from the influence of each row: sd/√n. */
export function influenceError(influence: ArrayLike<number>): number {
  const n = influence.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += influence[i] / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (influence[i] - mean) ** 2;
  return Math.sqrt(squares / (n - 1) / n);
}

/** A law known by three moments: the shifted gamma law that has them (Pearson's type III). */
export interface Moments {
  readonly mean: number;
  readonly sd: number;
  readonly skewness: number;
}

/** Mean and 95 % of the law, and the probability of `value` or more. */
export function expectedOf({ mean, sd, skewness }: Moments, value: number, how: string): Expected {
  const [low, high] = skewedInterval(skewness);
  const at = (value - mean) / sd;
  const pValue = Number.isFinite(at) ? { pValue: skewedTail(skewness, at) } : {};
  return { value: mean, low: mean + low * sd, high: mean + high * sd, ...pValue, how };
}

/**
 * Where simulated values lie: their mean, 95 % of them, and how often one is as extreme as `value`
 * ((1 + count)/(draws + 1), from 19 draws on). With fewer than 100 draws the interval is normal.
 */
export function simulatedExpectation(
  draws: readonly number[],
  value: number,
  side: 'large' | 'small',
  how: string,
): Expected {
  const count = draws.length;
  const mean = draws.reduce((sum, x) => sum + x, 0) / count;
  const sorted = Float64Array.from(draws).sort();
  const squares = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  const half = Z95 * Math.sqrt((squares / Math.max(1, count - 1)) * (1 + 1 / count));
  const interval =
    count >= 100
      ? { low: sorted[Math.floor(0.025 * count)], high: sorted[Math.ceil(0.975 * count) - 1] }
      : { low: mean - half, high: mean + half };
  const beyond = draws.filter((x) => (side === 'large' ? x >= value : x <= value)).length;
  const pValue = count < 19 || Number.isNaN(value) ? {} : { pValue: (1 + beyond) / (1 + count) };
  return { value: mean, ...interval, ...pValue, how };
}
