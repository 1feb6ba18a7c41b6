import type { Random } from '../../core/random.ts';

/** Some of many rows, ascending, and how many of all each stands for. */
export interface WeightedRows {
  readonly rows: Int32Array;
  readonly weights: Float64Array;
}

/**
 * Rows drawn with replacement in proportion to their scores; a row's weight is how often it was drawn over how often it
 * was to be expected, so that weighted sums are unbiased.
 */
export function drawnRows(scores: Float64Array, draws: number, random: Random): WeightedRows {
  const ends = new Float64Array(scores.length);
  let total = 0;
  for (let i = 0; i < scores.length; i++) {
    total += scores[i];
    ends[i] = total;
  }
  const counts = new Map<number, number>();
  for (let draw = 0; draw < draws; draw++) {
    const row = firstAbove(ends, random.uniform() * total);
    counts.set(row, (counts.get(row) ?? 0) + 1);
  }
  const rows = Int32Array.from(counts.keys()).sort();
  const weights = Float64Array.from(
    rows,
    (row) => ((counts.get(row) ?? 0) * total) / (draws * scores[row]),
  );
  return { rows, weights };
}

/** The first place whose end lies above a value below the last end. */
function firstAbove(ends: Float64Array, value: number): number {
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
