import type { Estimate } from '../contract.ts';

/**
 * P(X < Y) + ½ P(X = Y) from a sample of each, and DeLong's standard error: the variances of the shares
 * of Y above each x and of X below each y, over their numbers.
 */
export function mannWhitney(x: ArrayLike<number>, y: ArrayLike<number>): Estimate {
  const [m, n] = [x.length, y.length];
  const above = new Float64Array(m);
  const below = new Float64Array(n);
  let value = 0;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      const won = x[i] < y[j] ? 1 : x[i] === y[j] ? 0.5 : 0;
      above[i] += won / n;
      below[j] += won / m;
      value += won / (m * n);
    }
  }
  const variance = (list: Float64Array) =>
    list.reduce((sum, share) => sum + (share - value) ** 2, 0) / Math.max(1, list.length - 1);
  return { value, standardError: Math.sqrt(variance(above) / m + variance(below) / n) };
}
