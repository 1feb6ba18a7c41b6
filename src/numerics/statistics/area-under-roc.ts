import { averageRanks } from '../../core/ranks.ts';
import { squaresAboutMean } from './averages.ts';
import type { Estimate } from './intervals.ts';

/** The probability that one of the second list is above one of the first; ties count half. */
export function areaUnderRoc(below: ArrayLike<number>, above: ArrayLike<number>): number {
  const [m, n] = [below.length, above.length];
  const ranks = averageRanks([...Array.from(below), ...Array.from(above)]);
  const sum = ranks.subarray(m).reduce((a, b) => a + b, 0);
  return (sum - (n * (n + 1)) / 2) / (m * n);
}

/**
 * The same with its standard error for rows drawn like these: from how much of the other list is below each of one
 * (DeLong, DeLong and Clarke-Pearson 1988), by ranks. NaN from a single value.
 */
export function estimatedArea(below: ArrayLike<number>, above: ArrayLike<number>): Estimate {
  const [m, n] = [below.length, above.length];
  const all = averageRanks([...Array.from(below), ...Array.from(above)]);
  const [own, others] = [averageRanks(Array.from(below)), averageRanks(Array.from(above))];
  const shareAbove = Float64Array.from(own, (rank, i) => 1 - (all[i] - rank) / n);
  const shareBelow = Float64Array.from(others, (rank, j) => (all[m + j] - rank) / m);
  const value = shareBelow.reduce((sum, share) => sum + share, 0) / n;
  const variance = (values: Float64Array) =>
    squaresAboutMean(values) / (values.length - 1) / values.length;
  return { value, standardError: Math.sqrt(variance(shareAbove) + variance(shareBelow)) };
}
