/** Rows so many times longer than the upper quartile stands above the lower one, in logarithms. */
const FENCE = 3;
/** And so many times longer than the median row at least. */
const TIMES = 3;
/** Where more rows are long they are a part of the file. */
const MOST = 0.05;
/** Together they have so much of all squared length. */
const SHARE = 0.2;

export interface LongRows {
  /** Longest first. */
  readonly rows: readonly number[];
  /** Of the sum of all squared lengths. */
  readonly share: number;
  /** How many times the median length the longest one has. */
  readonly times: number;
}

/** The few rows that decide covariances and means alone: Tukey's far fence on logarithms of the lengths. */
export function longRows(norms: Float64Array): LongRows | undefined {
  const n = norms.length;
  if (n < 10) return undefined;
  const sorted = norms.slice().sort();
  const [low, middle, high] = [0.25, 0.5, 0.75].map((p) => sorted[Math.floor(p * (n - 1))]);
  const fence = Math.max(high * (high / low) ** FENCE, TIMES * middle);
  const rows = [...norms.keys()].filter((i) => norms[i] > fence);
  if (rows.length === 0 || rows.length > MOST * n) return undefined;
  // By the longest one, so that squares cannot overflow.
  const squares = norms.map((x) => (x / sorted[n - 1]) ** 2);
  const share =
    rows.reduce((sum, i) => sum + squares[i], 0) / squares.reduce((sum, x) => sum + x, 0);
  if (share < SHARE) return undefined;
  rows.sort((p, q) => norms[q] - norms[p] || p - q);
  return { rows, share, times: sorted[n - 1] / middle };
}
