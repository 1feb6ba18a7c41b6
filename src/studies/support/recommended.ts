import { type Matrix, zeros } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { unitOrZeroRows } from '../../numerics/rows/unit-rows.ts';
import { discount, idealGain } from '../../structures/retrieval/rankings.ts';

const FIRST = 10;

/** A list of which one half is known and the other is to be recommended. */
export interface HalfHidden {
  readonly known: Int32Array;
  readonly hidden: Int32Array;
}

/** Lists to learn from, and others that are half hidden. */
export interface SplitLists {
  readonly seen: readonly Int32Array[];
  readonly asked: readonly HalfHidden[];
}

/** Scores of all n items after the items that are known. */
export type Recommender = (known: Int32Array) => Float64Array;

/** A share of the lists is asked for, each cut in two by chance. */
export function splitLists(
  lists: readonly Int32Array[],
  share: number,
  random: Random,
): SplitLists {
  const order = random.fork('lists').sample(lists.length);
  const count = Math.round(share * lists.length);
  const asked = Array.from(order.subarray(0, count), (list) => {
    const items = lists[list];
    const mixed = random.fork('halves').fork(list).sample(items.length);
    const half = items.length >> 1;
    return {
      known: mixed.subarray(0, half).map((place) => items[place]),
      hidden: mixed.subarray(half).map((place) => items[place]),
    };
  });
  return { seen: Array.from(order.subarray(count), (list) => lists[list]), asked };
}

/** Item–item cosines of the lists that items stand in: Σ over known h of |L_h ∩ L_j|/√(|L_h||L_j|). */
export function byIds(seen: readonly Int32Array[], n: number): Recommender {
  const listsOf = new Map<number, number[]>();
  seen.forEach((items, list) => {
    for (const item of items) listsOf.set(item, [...(listsOf.get(item) ?? []), list]);
  });
  const size = (item: number) => Math.sqrt(listsOf.get(item)?.length ?? 1);
  return (known) => {
    const scores = new Float64Array(n);
    for (const item of known)
      for (const list of listsOf.get(item) ?? [])
        for (const other of seen[list]) scores[other] += 1 / (size(item) * size(other));
    return scores;
  };
}

/** How many lists have each item, whatever is known. */
export function byCounts(seen: readonly Int32Array[], n: number): Recommender {
  const counts = new Float64Array(n);
  for (const items of seen) for (const item of items) counts[item] += 1;
  return () => counts;
}

/** Products of the items at unit length with the mean of what is known: in the order of cosines with it. */
export function byVectors(vectors: Matrix): Recommender {
  const { data, rows: n, cols: d } = unitOrZeroRows(vectors).points;
  return (known) => {
    const mean = meansOfSets(vectors, [known]).data;
    return Float64Array.from({ length: n }, (_, i) => {
      let sum = 0;
      for (let c = 0; c < d; c++) sum += data[i * d + c] * mean[c];
      return sum;
    });
  };
}

/** The mean of the rows of each set: sets × d. */
export function meansOfSets(
  { data, cols: d }: Matrix,
  sets: readonly Int32Array[],
): Matrix<Float32Array> {
  const out = zeros(sets.length, d);
  for (const [s, items] of sets.entries())
    for (const item of items)
      for (let c = 0; c < d; c++) out.data[s * d + c] += data[item * d + c] / items.length;
  return out;
}

/** The ten items of largest score but for those left out; equal scores by lower row, none with the score 0. */
export function firstTen(scores: Float64Array, leftOut: ReadonlySet<number>): number[] {
  const best: number[] = [];
  for (const [item, score] of scores.entries()) {
    if (score === 0 || leftOut.has(item)) continue;
    if (best.length === FIRST && score <= scores[best[FIRST - 1]]) continue;
    const place = best.findIndex((other) => scores[other] < score);
    best.splice(place < 0 ? best.length : place, 0, item);
    best.length = Math.min(best.length, FIRST);
  }
  return best;
}

/** nDCG@10 of a list of items of which some are right. */
export function gainOf(found: readonly number[], right: ReadonlySet<number>): number {
  const gained = found.reduce(
    (sum, item, i) => sum + (right.has(item) ? discount(i + 1, FIRST) : 0),
    0,
  );
  return gained / idealGain(new Float64Array(right.size).fill(1), FIRST);
}

/**
 * Mean nDCG@10 over the half-hidden lists that hide an item of the kind; items that are known, and hidden ones of the
 * other kind, are left out of all n.
 */
export async function meanGain(
  asked: readonly HalfHidden[],
  isOfKind: (item: number) => boolean,
  found: (
    known: Int32Array,
    leftOut: ReadonlySet<number>,
  ) => readonly number[] | Promise<readonly number[]>,
): Promise<number> {
  const gains: number[] = [];
  for (const { known, hidden } of asked) {
    const right = new Set(hidden.filter(isOfKind));
    if (right.size === 0) continue;
    const leftOut = new Set([...known, ...hidden.filter((item) => !isOfKind(item))]);
    gains.push(gainOf(await found(known, leftOut), right));
  }
  return gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
}

/** The same scores for a list each time it is asked with. */
export function remembered(recommender: Recommender): Recommender {
  const known = new WeakMap<Int32Array, Float64Array>();
  return (items) => {
    const scores = known.get(items) ?? recommender(items);
    known.set(items, scores);
    return scores;
  };
}
