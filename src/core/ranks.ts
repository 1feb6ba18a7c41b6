import { ShapeError } from './errors.ts';

/** Ranks from 1; equal values share the mean of their ranks. */
export function averageRanks(values: ArrayLike<number>): Float64Array {
  // Sorting numbers is many times as quick as sorting places by a comparison.
  const sorted = Float64Array.from(values).sort();
  return Float64Array.from(values, (value) => countBelow(sorted, value) + 0.5);
}

/** How many of the ascending values are below x, and half of those that are equal. */
export function countBelow(sorted: Float64Array, x: number): number {
  return (firstAt(sorted, (value) => value >= x) + firstAt(sorted, (value) => value > x)) / 2;
}

function firstAt(sorted: Float64Array, reached: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (reached(sorted[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Spearman's rank correlation: Pearson's correlation of the average ranks. NaN for fewer than two
 * values or where one list is constant.
 */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new ShapeError('spearman', `${a.length} values`, `${b.length}`);
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
