const MOST_ROUNDS = 200;

/**
 * Levels that represent numbers by the nearest of them with a small mean squared error, ascending: Lloyd's alternation of
 * cells and their means, from equal shares of the numbers on. A local minimum; where there are fewer distinct numbers
 * than levels, some levels are equal. O(rounds · count · log n) for n ≥ 1 sorted numbers.
 */
export function scalarLevels(sorted: Float64Array, count: number): Float64Array {
  const n = sorted.length;
  const sums = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) sums[i + 1] = sums[i] + sorted[i];
  const cuts = Int32Array.from({ length: count + 1 }, (_, l) => Math.round((l * n) / count));
  const levels = new Float64Array(count);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    for (let l = 0; l < count; l++) {
      const [from, to] = [cuts[l], cuts[l + 1]];
      // A cell without numbers stays where its cut is.
      levels[l] = to > from ? (sums[to] - sums[from]) / (to - from) : sorted[Math.min(from, n - 1)];
    }
    let moved = false;
    for (let l = 1; l < count; l++) {
      const cut = placeAfter(sorted, (levels[l - 1] + levels[l]) / 2);
      moved ||= cut !== cuts[l];
      cuts[l] = cut;
    }
    if (!moved) break;
  }
  return levels.sort();
}

/** How many of the sorted numbers are at most x. */
function placeAfter(sorted: Float64Array, x: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}
