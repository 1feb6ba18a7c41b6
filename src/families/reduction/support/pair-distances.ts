import { type Matrix, matrix, zeros64 } from '../../../core/matrix.ts';
import type { SpanningTree } from '../../../structures/trees/spanning-tree.ts';
import type { Edges } from './layout-edges.ts';

/** Distances of all pairs of n rows, for j < i at entry i(i − 1)/2 + j. */
export type PairDistances = Float64Array;

/** The place of a pair of different rows. */
export function pairAt(i: number, j: number): number {
  return i > j ? (i * (i - 1)) / 2 + j : (j * (j - 1)) / 2 + i;
}

/**
 * Single linkage: for each pair the height at which its clusters merge, which is the longest edge between the two along
 * the minimum spanning tree.
 */
export function mergeHeights({ n, from, to, lengths }: SpanningTree): PairDistances {
  const heights = new Float64Array((n * (n - 1)) / 2);
  const members = Array.from({ length: n }, (_, i) => [i]);
  for (let e = 0; e < lengths.length; e++) {
    const [a, b] = [members[from[e]], members[to[e]]];
    const [large, small] = a.length < b.length ? [b, a] : [a, b];
    for (const i of small) for (const j of large) heights[pairAt(i, j)] = lengths[e];
    for (const i of small) {
      large.push(i);
      members[i] = large;
    }
  }
  return heights;
}

/** The shortest paths along edges of these lengths (Floyd and Warshall); Infinity where there is none. */
export async function shortestPaths(
  { n, heads, tails }: Edges,
  lengths: Float64Array,
  tick: (done: number) => Promise<void>,
): Promise<PairDistances> {
  const table = new Float64Array(n * n).fill(Infinity);
  for (let e = 0; e < lengths.length; e++) {
    table[heads[e] * n + tails[e]] = lengths[e];
    table[tails[e] * n + heads[e]] = lengths[e];
  }
  for (let via = 0; via < n; via++) {
    shortenThrough(table, n, via);
    await tick((via + 1) / n);
  }
  const out = new Float64Array((n * (n - 1)) / 2);
  for (let i = 1; i < n; i++) for (let j = 0; j < i; j++) out[pairAt(i, j)] = table[i * n + j];
  return out;
}

function shortenThrough(table: Float64Array, n: number, via: number): void {
  for (let i = 0; i < n; i++) {
    const first = table[i * n + via];
    if (first === Infinity || i === via) continue;
    for (let j = 0; j < n; j++) {
      const length = first + table[via * n + j];
      if (length < table[i * n + j]) table[i * n + j] = length;
    }
  }
}

/** −½JD²J of the squared distances, n × n: the inner products of places with these distances, where there are such. */
export function innerProductsOf(distances: PairDistances, n: number): Matrix<Float64Array> {
  const means = new Float64Array(n);
  const { data } = zeros64(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const squared = i === j ? 0 : distances[pairAt(i, j)] ** 2;
      data[i * n + j] = -squared / 2;
      means[i] += -squared / (2 * n);
    }
  }
  const mean = means.reduce((sum, value) => sum + value, 0) / n;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) data[i * n + j] += mean - means[i] - means[j];
  return matrix(data, n, n);
}
