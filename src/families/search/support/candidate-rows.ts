import type { OpenIndex } from '../types.ts';

/** From one wanted row in so many on, all are read. */
const MANY = 16;
/** Rows between two wanted ones that are read along. */
const GAP = 16;

/** Rows of an n × d array by their number. */
export interface CandidateRows {
  readonly data: Float32Array;
  /** Where row i begins, for those that were wanted. */
  readonly at: (i: number) => number;
}

/** The wanted rows of `points`, read in runs; all of them where many are wanted. */
export async function candidateRows(
  { arrays, n }: OpenIndex,
  wanted: readonly Int32Array[],
  d: number,
): Promise<CandidateRows> {
  const isWanted = new Uint8Array(n);
  for (const some of wanted) for (const i of some) isWanted[i] = 1;
  const rows = Array.from(isWanted.keys()).filter((i) => isWanted[i] === 1);
  if (rows.length * MANY >= n)
    return { data: (await arrays.whole('points')) as Float32Array, at: (i) => i * d };
  const place = new Int32Array(n);
  const runs: Float32Array[] = [];
  let length = 0;
  for (let first = 0; first < rows.length; ) {
    let last = first;
    while (last + 1 < rows.length && rows[last + 1] - rows[last] <= GAP) last++;
    const [from, to] = [rows[first], rows[last] + 1];
    for (let at = first; at <= last; at++) place[rows[at]] = length + (rows[at] - from) * d;
    const run = (await arrays.slice('points', from, to)) as Float32Array;
    runs.push(run);
    length += run.length;
    first = last + 1;
  }
  const data = new Float32Array(length);
  let at = 0;
  for (const run of runs) {
    data.set(run, at);
    at += run.length;
  }
  return { data, at: (i) => place[i] };
}
