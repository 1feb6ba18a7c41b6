import { skewedInterval, skewedTail } from '../../../numerics/laws/gamma.ts';
import { Z95 } from '../../../numerics/laws/normal.ts';
import { simulatedInterval } from '../../../numerics/statistics/simulated-interval.ts';
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
 * ((1 + count)/(draws + 1), from 19 draws on).
 */
export function simulatedExpectation(
  draws: readonly number[],
  value: number,
  side: 'large' | 'small',
  how: string,
): Expected {
  const count = draws.length;
  const { mean, ...interval } = simulatedInterval(draws, 1, 1);
  const beyond = draws.filter((x) => (side === 'large' ? x >= value : x <= value)).length;
  const pValue = count < 19 || Number.isNaN(value) ? {} : { pValue: (1 + beyond) / (1 + count) };
  return { value: mean, ...interval, ...pValue, how };
}
