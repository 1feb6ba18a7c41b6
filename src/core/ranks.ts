import { ShapeError } from './errors.ts';

/** Ranks from 1; equal values share the mean of their ranks. */
export function averageRanks(values: ArrayLike<number>): Float64Array {
  // Sorting numbers is many times as quick as sorting places by a comparison.
  const sorted = Float64Array.from(values).sort();
  const ranks = new Float64Array(values.length);
  for (let i = 0; i < ranks.length; i++) ranks[i] = countBelow(sorted, values[i]) + 0.5;
  return ranks;
}

/** How many of the ascending values are below x, and half of those that are equal. */
export function countBelow(sorted: Float64Array, x: number): number {
  const below = countLess(sorted, x);
  // Most values are there once.
  let to = below < sorted.length && sorted[below] === x ? below + 1 : below;
  if (to < sorted.length && sorted[to] === x) to = countAtMost(sorted, x);
  return (below + to) / 2;
}

/** How many of the ascending values are below x; all, of no number. */
function countLess(sorted: Float64Array, x: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] >= x) high = middle;
    else low = middle + 1;
  }
  return low;
}

function countAtMost(sorted: Float64Array, x: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] > x) high = middle;
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
  return correlationOfRanks(averageRanks(a), averageRanks(b));
}

/** The same of two lists of average ranks: a list that is compared with many is ranked once. */
export function correlationOfRanks(x: Float64Array, y: Float64Array): number {
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
