import { depthReached } from './depth-reached.ts';

/**
 * How much the first lists hold, measured at the build on rows as queries: with which probability the row that is the
 * r-th nearest lies in the T nearest lists.
 */
export interface Coverage {
  /** Ranks r, ascending: the middle of 1, of 2, of 3 to 4, of 5 to 8, …, and as fine towards the last. */
  readonly ranks: readonly number[];
  /** Numbers of lists T, ascending; the last is all. */
  readonly probes: readonly number[];
  /** For each rank the share of such rows that lie in so many lists. */
  readonly shares: readonly (readonly number[])[];
  /** Rows that so many lists hold, on average over the queries. */
  readonly seen: readonly number[];
}

/** The recall that a search without an effort aims at: 95 %, and two points that a table of 100 queries may be off. */
export const AIM = 0.97;

/** Of many ranks so many stand for all. */
const RANKS = 16;

/** 1 and so on, each about `factor` times the one before, and `most`. */
function geometricSteps(most: number, factor: number): number[] {
  const steps: number[] = [];
  for (let at = 1; at < most; at = Math.max(at + 1, Math.round(at * factor))) steps.push(at);
  return [...steps, most];
}

/** Steps that are fine at the near end, where filters mostly ask, and at the far end, where the last lists are decided. */
function depthsOf(most: number): number[] {
  const near = geometricSteps(Math.ceil(most / 2), 2);
  const steps: number[] = [];
  for (const step of [...near, ...near.map((own) => most - own).reverse(), most])
    if (step > (steps.at(-1) ?? 0)) steps.push(step);
  return steps;
}

/** A query among the rows: row `self`, the score of every row with it, and the lists from the nearest on. */
export interface SeenQuery {
  readonly self: number;
  readonly scores: Float32Array;
  readonly order: Int32Array;
}

/** Adds up what queries see of n rows in lists. */
export function coverageCount(listOf: Int32Array, lists: number) {
  const n = listOf.length;
  const depths = depthsOf(Math.max(1, n - 1));
  const probes = geometricSteps(lists, Math.SQRT2);
  const inside = depths.map(() => new Float64Array(probes.length));
  const seen = new Float64Array(probes.length);
  let queries = 0;
  const mean = (sums: Float64Array) => Array.from(sums, (sum) => sum / queries);
  return {
    add({ self, scores, order }: SeenQuery): void {
      const probeOf = probeOfLists(order, probes);
      const depthOf = depthReached(scores, self, depths);
      const counts = depths.map(() => new Float64Array(probes.length));
      for (let i = 0; i < n; i++) {
        const probe = probeOf[listOf[i]];
        seen[probe] += 1;
        if (i !== self) counts[depthOf(scores[i])][probe] += 1;
      }
      addShares(counts, inside);
      queries += 1;
    },
    result(): Coverage {
      const ranks = depths.map((depth, at) => ((depths[at - 1] ?? 0) + 1 + depth) / 2);
      return { ranks, probes, shares: inside.map(mean), seen: mean(runningSums(seen)) };
    },
  };
}

/** For each list the first step of `probes` at which it is among those probed. */
function probeOfLists(order: Int32Array, probes: readonly number[]): Int32Array {
  const probeOf = new Int32Array(order.length);
  let step = 0;
  for (const [rank, list] of order.entries()) {
    while (probes[step] <= rank) step++;
    probeOf[list] = step;
  }
  return probeOf;
}

/** Adds, for the rows between a depth and the one before, the share that each number of lists holds. */
function addShares(counts: readonly Float64Array[], inside: readonly Float64Array[]): void {
  for (const [at, own] of counts.entries()) {
    const sums = runningSums(own);
    const total = sums[sums.length - 1];
    for (let t = 0; t < own.length; t++) inside[at][t] += total === 0 ? 1 : sums[t] / total;
  }
}

function runningSums(values: Float64Array): Float64Array {
  let sum = 0;
  return values.map((value) => {
    sum += value;
    return sum;
  });
}

/**
 * The ranks among all rows of the k nearest that pass a filter, where it lets a share of the rows pass and is independent of
 * the vectors: 1/p, 2/p, …; of many some.
 */
export function independentRanks(k: number, share: number): number[] {
  return rankPlaces(k).map((j) => j / share);
}

/** 1 to k, or some of them equally far apart, k the last. */
export function rankPlaces(k: number): number[] {
  const count = Math.min(k, RANKS);
  return Array.from({ length: count }, (_, i) => Math.ceil(((i + 1) * k) / count));
}

/** The share of rows of such ranks that so many lists hold, between the measured ones by the logarithms of both. */
export function coveredShare(
  { ranks, probes, shares }: Coverage,
  wanted: readonly number[],
  lists: number,
): number {
  const held = wanted.map((rank) => {
    const [at, beyond] = placeIn(ranks, rank);
    const near = atPlace(shares[at], probes, lists);
    return beyond === 0 ? near : near + beyond * (atPlace(shares[at + 1], probes, lists) - near);
  });
  return held.reduce((sum, own) => sum + own, 0) / held.length;
}

/** Rows that so many lists hold. */
export function rowsSeen({ probes, seen }: Coverage, lists: number): number {
  return atPlace(seen, probes, lists);
}

/** The least number of lists that hold that share of rows of such ranks; all of them where no fewer do. */
export function listsFor(coverage: Coverage, ranks: readonly number[], share: number): number {
  let [low, high] = [0, coverage.probes[coverage.probes.length - 1]];
  // Shares rise with the lists, so that halving finds the least.
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (coveredShare(coverage, ranks, middle) >= share) high = middle;
    else low = middle;
  }
  return high;
}

function atPlace(values: readonly number[], steps: readonly number[], at: number): number {
  const [i, beyond] = placeIn(steps, at);
  return beyond === 0 ? values[i] : values[i] + beyond * (values[i + 1] - values[i]);
}

/** The last step that is not above a number, and how far it lies towards the next. */
function placeIn(steps: readonly number[], value: number): readonly [number, number] {
  const last = steps.length - 1;
  if (value >= steps[last]) return [last, 0];
  if (value <= steps[0]) return [0, 0];
  const i = steps.findIndex((step) => step > value) - 1;
  return [i, Math.log(value / steps[i]) / Math.log(steps[i + 1] / steps[i])];
}
