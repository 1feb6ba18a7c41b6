/** The number of the segment in which each of n rows lies; `starts` are the rows that begin one, but for row 0. */
export function segmentsOf(n: number, starts: Iterable<number>): Int32Array {
  const of = new Int32Array(n);
  for (const row of starts) of[row] += 1;
  for (let i = 1; i < n; i++) of[i] += of[i - 1];
  return of;
}

/**
 * Where two segmentations disagree over the rows i and i + k: whether both lie in one segment (P_k), and how many
 * boundaries lie between (WindowDiff); n − k windows each, 1 for an error.
 */
export function disagreements(truth: Int32Array, guess: Int32Array, k: number) {
  const windows = Math.max(0, truth.length - k);
  const [pk, windowDiff] = [new Uint8Array(windows), new Uint8Array(windows)];
  for (let i = 0; i < windows; i++) {
    const [inTruth, inGuess] = [truth[i + k] - truth[i], guess[i + k] - guess[i]];
    pk[i] = (inTruth === 0) === (inGuess === 0) ? 0 : 1;
    windowDiff[i] = inTruth === inGuess ? 0 : 1;
  }
  return { pk, windowDiff };
}

/** The mean of ones and zeros. */
export function shareOf(errors: Uint8Array): number {
  return errors.reduce((sum, x) => sum + x, 0) / errors.length;
}

/** Starts of so many segments of equal length, but for the first. */
export function evenStarts(n: number, segments: number): number[] {
  return Array.from({ length: segments - 1 }, (_, s) => Math.round(((s + 1) * n) / segments));
}
