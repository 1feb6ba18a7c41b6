import { averageRanks } from '../../core/ranks.ts';

/** The probability that one of the second list is above one of the first; ties count half. */
export function areaUnderRoc(below: ArrayLike<number>, above: ArrayLike<number>): number {
  const [m, n] = [below.length, above.length];
  const ranks = averageRanks([...Array.from(below), ...Array.from(above)]);
  const sum = ranks.subarray(m).reduce((a, b) => a + b, 0);
  return (sum - (n * (n + 1)) / 2) / (m * n);
}
