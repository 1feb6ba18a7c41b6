import { pow } from '../../../core/numeric.ts';
import type { Random } from '../../../core/random.ts';
import { wilsonInterval } from '../../../numerics/statistics/intervals.ts';

const RESAMPLES = 1000;
const TAIL = 0.025;

export interface Interval {
  readonly value: number;
  /** Of 95 %. */
  readonly low: number;
  readonly high: number;
}

/**
 * The mean of the values and its 95 % interval by a bootstrap over groups of rows that belong together, widened to that of
 * Wilson for a share of as many trials as there are groups: near 0 and 1 few rows are missed or found, and values that were
 * corrected by a trend may all be above 1, where a bootstrap alone is too sure. Where all values are 0 or all are 1 the
 * open end is the exact binomial one, 1 − 0.025^(1/n).
 */
export function recallInterval(
  values: ArrayLike<number>,
  groups: ArrayLike<number>,
  random: Random,
): Interval {
  const sums = new Map<number, { sum: number; count: number }>();
  for (let i = 0; i < values.length; i++) {
    const own = sums.get(groups[i]) ?? { sum: 0, count: 0 };
    sums.set(groups[i], { sum: own.sum + values[i], count: own.count + 1 });
  }
  const parts = [...sums.values()];
  const value = share(meanOver(parts, (at) => at));
  const isSame = parts.every(({ sum, count }) => sum === value * count);
  if (isSame && (value === 0 || value === 1)) {
    const open = pow(TAIL, 1 / parts.length);
    return value === 1 ? { value, low: open, high: 1 } : { value, low: 0, high: 1 - open };
  }
  const means = new Float64Array(RESAMPLES);
  for (let draw = 0; draw < RESAMPLES; draw++)
    means[draw] = share(meanOver(parts, () => random.integer(parts.length)));
  means.sort();
  const at = (quantile: number) => means[Math.round(quantile * (RESAMPLES - 1))];
  const { low, high } = wilsonInterval(value, parts.length);
  return {
    value,
    low: Math.min(value, low, at(TAIL)),
    high: Math.max(value, high, at(1 - TAIL)),
  };
}

interface Part {
  readonly sum: number;
  readonly count: number;
}

function meanOver(parts: readonly Part[], place: (at: number) => number): number {
  let [sum, count] = [0, 0];
  for (let at = 0; at < parts.length; at++) {
    const part = parts[place(at)];
    sum += part.sum;
    count += part.count;
  }
  return sum / count;
}

const share = (value: number) => Math.min(1, Math.max(0, value));
