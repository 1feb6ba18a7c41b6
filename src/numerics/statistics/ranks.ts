import { betainc } from '../laws/special.ts';

/** Ranks from 1, equal values by the mean of their ranks. */
export function averageRanks(values: ArrayLike<number>): Float64Array {
  // Sorting numbers is many times as quick as sorting places by a comparison.
  const sorted = Float64Array.from(values).sort();
  return Float64Array.from(values, (value) => {
    const first = firstAbove(sorted, (x) => x >= value);
    return (first + firstAbove(sorted, (x) => x > value) + 1) / 2;
  });
}

function firstAbove(sorted: Float64Array, above: (x: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (above(sorted[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Pearson's correlation of the ranks; NaN where one side is constant. */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [x, y] = [averageRanks(a), averageRanks(b)];
  const middle = (x.length + 1) / 2;
  let [xx, xy, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [dx, dy] = [x[i] - middle, y[i] - middle];
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  return xy / Math.sqrt(xx * yy);
}

/** Two-sided p-value of a correlation r of n pairs, by Student's law with n − 2 degrees of freedom. */
export function correlationPValue(r: number, n: number): number {
  const freedom = n - 2;
  const rest = 1 - r * r;
  return betainc(freedom / 2, 0.5, rest, r * r);
}
