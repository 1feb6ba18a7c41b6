import { Z95 } from '../laws/normal.ts';
import { meanOf, squaresAboutMean } from './averages.ts';

/** Draws from which on quantiles are read off, where the draws have all n rows. */
const DRAWS_FOR_QUANTILES = 100;

/**
 * Mean and 95 % interval of a statistic of n rows from its values in draws of m ≤ n rows.
 *
 * With many draws of all n rows, the interval is between their quantiles. Otherwise it is that of a
 * normal law whose spread shrinks like 1/√n, with the uncertainty of the simulated mean added.
 */
export function simulatedInterval(
  values: ArrayLike<number>,
  m: number,
  n: number,
): { readonly mean: number; readonly low: number; readonly high: number } {
  const count = values.length;
  const mean = meanOf(values);
  if (m === n && count >= DRAWS_FOR_QUANTILES) {
    const sorted = Float64Array.from(values).sort();
    return { mean, low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) };
  }
  const variance = (squaresAboutMean(values) / Math.max(1, count - 1)) * (m / n + 1 / count);
  const half = Z95 * Math.sqrt(variance);
  return { mean, low: mean - half, high: mean + half };
}

/** Between neighbouring order statistics, linear; a new draw is below it with probability p. */
function quantile(sorted: Float64Array, p: number): number {
  const at = p * (sorted.length + 1) - 1;
  const i = Math.max(0, Math.min(sorted.length - 2, Math.floor(at)));
  return sorted[i] + (at - i) * (sorted[i + 1] - sorted[i]);
}
