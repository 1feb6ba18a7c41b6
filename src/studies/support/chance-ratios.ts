import type { Random } from '../../core/random.ts';
import { meanOf } from '../../numerics/statistics/averages.ts';

/** The ratio of ten random clusterings of one size. */
export function chanceRatios(scores: Float64Array, k: number, random: Random): number[] {
  const n = scores.length;
  const mean = meanOf(scores);
  const total = scores.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1);
  return Array.from({ length: 10 }, (_, r) => {
    const order = random.fork(r).sample(n);
    const sums = new Float64Array(k);
    const squares = new Float64Array(k);
    const counts = new Float64Array(k);
    for (const [at, i] of order.entries()) {
      const x = scores[i] - mean;
      sums[at % k] += x;
      squares[at % k] += x * x;
      counts[at % k] += 1;
    }
    const within = squares.reduce((sum, x, c) => sum + x - sums[c] ** 2 / counts[c], 0);
    return within / (n - k) / total;
  });
}
