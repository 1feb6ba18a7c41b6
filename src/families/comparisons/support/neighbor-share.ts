import { meanEstimate } from '../../../numerics/statistics/intervals.ts';
import type { Compared, Pair, SharedNeighbors } from '../types.ts';
import { commonCounts, copiesWarning, type NeighborsBy } from './neighbors.ts';
import { around, expectedOf, type Moments } from './statistics.ts';

/** (1/n) Σᵢ |N_A(i) ∩ N_B(i)|/k, its interval, and its law when the rows of B are permuted. */
export async function sharedNeighborShare(
  pair: Pair,
  wanted: number,
  by: NeighborsBy,
): Promise<Compared> {
  const n = pair.all.a.rows;
  if (n < 3) return { value: NaN, warnings: [`needs 3 rows; got ${n}.`] };
  const k = Math.min(wanted, n - 1);
  const found = await pair.neighbors(k, by);
  const shares = Float64Array.from(commonCounts(found), (count) => count / k);
  const { value } = meanEstimate(shares);
  const { standardError } = meanEstimate(
    found.rows.length === n ? influences(found, shares) : shares,
  );
  const how = 'permuted rows: exact mean k/(n − 1), variance with hubs and mutual neighbours';
  const warnings =
    n > 2 * k
      ? []
      : [`${k} neighbours of ${n} rows: chance alone gives ${(k / (n - 1)).toFixed(2)}.`];
  return {
    value,
    ...around(value, standardError, 0, 1),
    null: expectedOf(chance(found, n), value, how),
    warnings: by === 'euclidean' ? [...warnings, ...copies(pair, found)] : warnings,
  };
}

function copies(pair: Pair, { rows, k, a, b }: SharedNeighbors): string[] {
  const { all } = pair.evened();
  return [
    ...copiesWarning({ rows, k, indices: a }, all.a, 'A'),
    ...copiesWarning({ rows, k, indices: b }, all.b, 'B'),
  ];
}

/**
 * A row counts by its own share and by how often it is a common neighbour of others; by half of that,
 * as the next neighbours make up for part of one that is gone (measured in docs/compare.md).
 */
function influences({ rows, k, a, b }: SharedNeighbors, shares: Float64Array): Float64Array {
  const out = shares.slice();
  for (let q = 0; q < rows.length; q++) {
    const list = a.subarray(q * k, (q + 1) * k);
    for (const j of b.subarray(q * k, (q + 1) * k))
      if (j >= 0 && list.includes(j)) out[j] += 0.5 / k;
  }
  return out;
}

/** The mean share when the rows of B are permuted. */
function chance(found: SharedNeighbors, n: number): Moments {
  const { k, rows } = found;
  const m = rows.length;
  const p = k / (n - 1);
  const variance = m === n ? varianceOfAll(found) : varianceOfSample(found, n);
  const spread = Math.sqrt(k * p * (1 - p));
  const skewness = spread > 0 && p < 1 ? (1 - 2 * p) / (spread * Math.sqrt(m)) : 0;
  return { mean: p, sd: Math.sqrt(Math.max(0, variance)) / (m * k), skewness };
}

/**
 * Of Σᵢⱼ Aᵢⱼ B_π(i)π(j) over all permutations, exactly, where A and B say who is whose neighbour (Mantel 1967):
 * pairs of edges that are one, run back, leave one row, enter one row, follow each other, or share no row.
 */
function varianceOfAll({ a, b, k, rows: { length: n } }: SharedNeighbors): number {
  const [x, y] = [edgePairs(a, k, n), edgePairs(b, k, n)];
  const places = [n * (n - 1), n * (n - 1), n * (n - 1) * (n - 2)];
  const squares =
    (x.one * y.one) / places[0] +
    (x.back * y.back) / places[1] +
    (x.leave * y.leave + x.enter * y.enter + 2 * x.follow * y.follow) / places[2] +
    (n > 3 ? (x.apart * y.apart) / (places[2] * (n - 3)) : 0);
  return squares - ((x.one * y.one) / places[0]) ** 2;
}

function edgePairs(lists: Int32Array, k: number, n: number) {
  const entering = new Float64Array(n);
  for (const j of lists) if (j >= 0) entering[j]++;
  const one = n * k;
  const back = mutual(lists, k, (j) => j);
  const leave = n * k * k - one;
  const enter = entering.reduce((sum, count) => sum + count * count, 0) - one;
  const follow = k * one - back;
  return {
    one,
    back,
    leave,
    enter,
    follow,
    apart: one ** 2 - one - back - leave - enter - 2 * follow,
  };
}

/** How many edges run back as well; `listOf` says which list is a row’s. */
function mutual(lists: Int32Array, k: number, listOf: (row: number) => number | undefined): number {
  let count = 0;
  const back = new Map<number, number>();
  for (let q = 0; q * k < lists.length; q++) {
    for (let at = q * k; at < (q + 1) * k; at++) {
      const own = listOf(lists[at]);
      if (own === undefined) continue;
      back.set(q * lists.length + own, 1);
      if (back.has(own * lists.length + q)) count += 2;
    }
  }
  return count;
}

/**
 * The same where only m of the n rows are asked about: hypergeometric for each row; as hubs of one graph may
 * fall on hubs of the other, Var(inₐ)·Var(in_b)/n more in the variance of the total; and as a pair may fall on
 * a pair, what mutual neighbours add.
 */
function varianceOfSample({ a, b, k, rows }: SharedNeighbors, n: number): number {
  const m = rows.length;
  const p = k / (n - 1);
  const one = (k * p * (1 - p) * (n - 1 - k)) / Math.max(1, n - 2);
  const hubs = (occurrenceVariance(a, n, m) * occurrenceVariance(b, n, m)) / n;
  const asked = new Map(Array.from(rows, (row, q) => [row, q]));
  const back = [a, b].map((lists) => mutual(lists, k, (row) => asked.get(row)));
  const pairs = m > 1 ? (back[0] * back[1]) / (m * (m - 1)) : 0;
  return m * one + hubs * (m / n) ** 2 + pairs;
}

/** Variance of how often a row occurs among the neighbours, scaled to all n rows asking. */
function occurrenceVariance(neighbors: Int32Array, n: number, m: number): number {
  const counts = new Float64Array(n);
  for (const j of neighbors) if (j >= 0) counts[j]++;
  const mean = neighbors.length / n;
  const squares = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / n;
  // What independent asking rows would give alone does not count: it shrinks with the sample.
  return Math.max(0, squares - mean) * (n / m) ** 2;
}
