import type { Matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { kMeans } from '../../numerics/solvers/k-means.ts';
import { type Between, shareBetween } from './shares.ts';
import type { Truth } from './truth.ts';

/** Recall of a part of the queries or of the rows. */
export interface PartRecall extends Between {
  /** Queries, or rows that should be found. */
  readonly count: number;
}

/** Who pays for fewer bytes. */
export interface Losses {
  /** Queries of the quarter whose neighbours are farthest, and of that whose are nearest. */
  readonly rare: PartRecall;
  readonly dense: PartRecall;
  /** Queries by cluster, the one that loses most and the one that loses least; undefined with few queries. */
  readonly worstCluster?: PartRecall | undefined;
  readonly bestCluster?: PartRecall | undefined;
  /** True neighbours that are those of many queries, and those of one query alone. */
  readonly hubs?: PartRecall | undefined;
  readonly others?: PartRecall | undefined;
}

/** Queries of a cluster, at least. */
const FEWEST = 25;

/** Recall by how dense the queries lie, by cluster, and by how often a row is a neighbour. */
export function lossesOf(
  truth: Truth,
  ranks: Float64Array,
  k: number,
  fetched: number,
  random: Random,
): Losses {
  const { nearest, reach, queries } = truth;
  const shares = Float64Array.from(nearest, (own, q) => {
    const count = Math.min(k, own.length);
    return ranks.subarray(q * k, q * k + count).filter((rank) => rank < fetched).length / count;
  });
  const byReach = Array.from(reach.keys()).toSorted((a, b) => reach[a] - reach[b]);
  const quarter = Math.max(1, Math.floor(reach.length / 4));
  return {
    rare: partOf(shares, byReach.slice(0, quarter)),
    dense: partOf(shares, byReach.slice(-quarter)),
    ...byCluster(queries, shares, random),
    ...byPopularity(nearest, ranks, k, fetched),
  };
}

function partOf(shares: Float64Array, queries: readonly number[]): PartRecall {
  return { ...shareBetween(queries.map((q) => shares[q])), count: queries.length };
}

function byCluster(queries: Matrix<Float32Array>, shares: Float64Array, random: Random) {
  const clusters = Math.min(12, Math.floor(queries.rows / (2 * FEWEST)));
  if (clusters < 2) return {};
  const { of } = kMeans(queries, { clusters, starts: 2, steps: 30 }, random.fork('clusters'));
  const parts = Array.from({ length: clusters }, (_, c) => {
    const own = Array.from(of.keys()).filter((q) => of[q] === c);
    return own.length >= FEWEST ? [partOf(shares, own)] : [];
  }).flat();
  if (parts.length < 2) return {};
  const sorted = parts.toSorted((a, b) => a.value - b.value);
  return { worstCluster: sorted[0], bestCluster: sorted.at(-1) };
}

/** Rows that are true neighbours of at least so many queries are hubs here. */
const HUB = 5;

function byPopularity(
  nearest: readonly Int32Array[],
  ranks: Float64Array,
  k: number,
  fetched: number,
) {
  const times = new Map<number, number>();
  for (const own of nearest)
    for (const place of own.subarray(0, k)) times.set(place, (times.get(place) ?? 0) + 1);
  const [hubs, others]: [number[], number[]] = [[], []];
  for (const [q, own] of nearest.entries()) {
    for (const [t, place] of own.subarray(0, k).entries()) {
      const count = times.get(place) ?? 0;
      const found = ranks[q * k + t] < fetched ? 1 : 0;
      if (count >= HUB) hubs.push(found);
      else if (count === 1) others.push(found);
    }
  }
  if (hubs.length < FEWEST || others.length < FEWEST) return {};
  return {
    hubs: { ...shareBetween(hubs), count: hubs.length },
    others: { ...shareBetween(others), count: others.length },
  };
}
