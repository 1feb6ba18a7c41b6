/** How often each run of n tokens is there; a run is its tokens joined by a character that no text has. */
export function nGrams(tokens: readonly string[], n: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i + n <= tokens.length; i++) {
    const run = tokens.slice(i, i + n).join('\0');
    counts.set(run, (counts.get(run) ?? 0) + 1);
  }
  return counts;
}

/** Σ of the smaller of both counts. */
export function inBoth(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [run, count] of a) sum += Math.min(count, b.get(run) ?? 0);
  return sum;
}

/** The references of each hypothesis: a sentence alone stands for a list of one. */
export type References = readonly (string | readonly string[])[];
