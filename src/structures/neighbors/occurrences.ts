import type { KnnGraph } from '../../core/graph.ts';
import { skewness } from '../../numerics/statistics/averages.ts';

/** N_k(i): in how many of the lists row i is among the first k neighbours; n counts. */
export function occurrences(graph: KnnGraph, k: number = graph.k, n: number = graph.n): Int32Array {
  const counts = new Int32Array(n);
  const width = Math.min(k, graph.k);
  for (let i = 0; i < graph.n; i++) {
    for (let r = 0; r < width; r++) {
      const j = graph.indices[i * graph.k + r];
      if (j >= 0) counts[j] += 1;
    }
  }
  return counts;
}

/** Mean, mean square and mean cube of the occurrences in the lists of all n rows. */
export interface OccurrenceMoments {
  readonly mean: number;
  readonly square: number;
  readonly cube: number;
}

/**
 * The moments of the occurrences N in the lists of all n rows, from those M in q ≥ 3 of them, drawn
 * without replacement. Unbiased: M(j) is hypergeometric given N(j), so its factorial moments are those
 * of N times (q)_r/(n)_r.
 */
export function occurrenceMoments(counts: Int32Array, lists: number): OccurrenceMoments {
  const n = counts.length;
  const q = lists;
  let [first, second, third] = [0, 0, 0];
  for (const m of counts) {
    first += m;
    second += m * (m - 1);
    third += m * (m - 1) * (m - 2);
  }
  const mean = (first / n) * (n / q);
  const pairs = (second / n) * ((n * (n - 1)) / (q * (q - 1)));
  const triples = (third / n) * ((n * (n - 1) * (n - 2)) / (q * (q - 1) * (q - 2)));
  return { mean, square: pairs + mean, cube: triples + 3 * pairs + mean };
}

/**
 * Skewness of the occurrences in the lists of all n rows, from those in some of them; NaN where the
 * sampled lists are so few that the variance comes out negative.
 */
export function sampledSkewness(counts: Int32Array, lists: number): number {
  if (lists >= counts.length) return skewness(counts);
  if (lists < 3) return NaN;
  const { mean, square, cube } = occurrenceMoments(counts, lists);
  const variance = square - mean * mean;
  if (!(variance > 0)) return NaN;
  return (cube - 3 * mean * square + 2 * mean ** 3) / (variance * Math.sqrt(variance));
}

/** Robin Hood index: ½ Σ |N − mean| / Σ N, the share of occurrences to move to make all equal. */
export function robinHoodIndex(counts: Int32Array): number {
  let sum = 0;
  for (const count of counts) sum += count;
  const mean = sum / counts.length;
  let gaps = 0;
  for (const count of counts) gaps += Math.abs(count - mean);
  return gaps / 2 / sum;
}

/** The share of rows that occur in no list. */
export function antiHubShare(counts: Int32Array): number {
  let none = 0;
  for (const count of counts) if (count === 0) none += 1;
  return none / counts.length;
}
