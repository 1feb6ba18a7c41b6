/** The mean of the smallest gaps of n values, and its slope in each value, n, which is overwritten. */
export type GapMean = (values: Float64Array, slopes: Float64Array) => number;

/**
 * The mean of the `count` smallest of all n(n − 1)/2 gaps |vᵢ − vⱼ|, and its gradient: exact, by sorting and a
 * bisection of the largest gap that counts, in O(n log n) time. Gaps that tie at the end share their places. Memory is
 * reused from call to call.
 */
export function smallestGaps(n: number, count: number): GapMean {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  const sorted = new Float64Array(n);
  const below = new Int32Array(n);
  const within = new Int32Array(n);
  const changes = new Float64Array(n + 1);
  return (values, slopes) => {
    order.sort((i, j) => values[i] - values[j] || i - j);
    for (let i = 0; i < n; i++) sorted[i] = values[order[i]];
    const [low, high] = bracket(sorted, count, within);
    const fewer = reaches(sorted, low, below);
    const enough = reaches(sorted, high, within);
    changes.fill(0);
    const share = enough > fewer ? (count - fewer) / (enough - fewer) : 0;
    addSlopes(below, 1 - share, changes);
    addSlopes(within, share, changes);
    let running = 0;
    let mean = 0;
    for (let i = 0; i < n; i++) {
      running += changes[i];
      const lower = below[i] + share * (within[i] - below[i]);
      const slope = (running - lower) / count;
      slopes[order[i]] = slope;
      mean += slope * sorted[i];
    }
    return mean;
  };
}

/** Gaps g < h with fewer than `count` gaps up to g, at least `count` up to h, and, unless these tie, no more. */
function bracket(sorted: Float64Array, count: number, reach: Int32Array): [number, number] {
  let low = -1;
  let high = sorted[sorted.length - 1] - sorted[0];
  for (let step = 0; step < 100; step++) {
    const middle = low < 0 ? high / 4 : (low + high) / 2;
    if (middle <= low || middle >= high) break;
    const counted = reaches(sorted, middle, reach);
    if (counted < count) low = middle;
    else high = middle;
    if (counted === count) break;
  }
  return [low, high];
}

/** For each value, how many larger ones lie within `gap` of it; returns their sum. */
function reaches(sorted: Float64Array, gap: number, reach: Int32Array): number {
  const n = sorted.length;
  let last = 0;
  let total = 0;
  for (let i = 0; i < n; i++) {
    if (last < i) last = i;
    while (last + 1 < n && sorted[last + 1] - sorted[i] <= gap) last += 1;
    reach[i] = last - i;
    total += last - i;
  }
  return total;
}

/** Adds `weight` to the running sums over i + 1 … i + reachᵢ: the values that are the larger of a pair. */
function addSlopes(reach: Int32Array, weight: number, changes: Float64Array): void {
  for (let i = 0; i < reach.length; i++) {
    changes[i + 1] += weight;
    changes[Math.min(changes.length - 1, i + reach[i] + 1)] -= weight;
  }
}
