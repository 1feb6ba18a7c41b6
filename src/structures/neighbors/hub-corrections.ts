import type { KnnGraph } from '../../core/graph.ts';
import { log, pow } from '../../core/numeric.ts';
import { normalTail } from '../../numerics/laws/normal.ts';

/**
 * Corrections of distances against hubs. Each gives a score to every candidate neighbour of every row
 * (n × C, as in the lists; smaller is nearer), from lists of all n rows in order of their distance.
 */
export type HubCorrection = (graph: KnnGraph, k: number) => Float64Array;

/**
 * Local scaling: d²/(σᵢσⱼ), σ the distance to the k-th neighbour. In the same order as the paper's
 * affinity exp(−d²/(σᵢσⱼ)).
 */
export function localScaling(graph: KnnGraph, k: number): Float64Array {
  const scale = (i: number) => graph.distances[i * graph.k + Math.min(k, graph.k) - 1];
  return scored(graph, (distance, i, j) => {
    // Where more than k rows coincide, the scale is 0: only coincident rows are near.
    return distance === 0 ? 0 : (distance * distance) / (scale(i) * scale(j));
  });
}

/**
 * Cross-domain similarity local scaling: −(2c − r(i) − r(j)), c the cosine, r the mean cosine to the k
 * nearest neighbours.
 */
export function csls(graph: KnnGraph, k: number): Float64Array {
  const width = Math.min(k, graph.k);
  const similarity = new Float64Array(graph.n);
  for (let i = 0; i < graph.n; i++) {
    for (let r = 0; r < width; r++) {
      similarity[i] += (1 - graph.distances[i * graph.k + r] ** 2 / 2) / width;
    }
  }
  return scored(graph, (distance, i, j) => similarity[i] + similarity[j] - 2 + distance * distance);
}

/** Mean and standard deviation of the cosines of each row to all others. */
export interface CosineMoments {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/**
 * Mutual proximity, normal: 1 − P(Cᵢ < c) P(Cⱼ < c) with the cosines of i and of j to all rows taken to
 * be normal and independent.
 */
export function mutualProximity(graph: KnnGraph, { mean, deviation }: CosineMoments): Float64Array {
  const tail = (cosine: number, i: number) =>
    deviation[i] > 0 ? normalTail((cosine - mean[i]) / deviation[i]) : 0.5;
  return scored(graph, (distance, i, j) => {
    const cosine = 1 - (distance * distance) / 2;
    const [a, b] = [tail(cosine, i), tail(cosine, j)];
    return a + b - a * b;
  });
}

/**
 * Mutual proximity, empirical: how many rows are within d(i,j) of i or of j. Counted in the lists;
 * where all of j's list is nearer, the count goes on as a power of the distance, with the dimension
 * from half of the list to its end.
 */
export function empiricalMutualProximity(graph: KnnGraph): Float64Array {
  const { indices, distances, n, k } = graph;
  const growth = Float64Array.from({ length: n }, (_, i) => growthOf(graph, i));
  const place = new Int32Array(n).fill(-1);
  const scores = new Float64Array(n * k);
  for (let i = 0; i < n; i++) {
    const start = i * k;
    for (let r = 0; r < k; r++) if (indices[start + r] >= 0) place[indices[start + r]] = r;
    for (let r = 0; r < k; r++) {
      const j = indices[start + r];
      if (j < 0) {
        scores[start + r] = Infinity;
        continue;
      }
      const distance = distances[start + r];
      let [near, both] = [0, 0];
      for (; near < k && distances[j * k + near] <= distance; near++) {
        const other = indices[j * k + near];
        if (other >= 0 && place[other] >= 0 && place[other] <= r) both += 1;
      }
      const last = distances[j * k + k - 1];
      const beyond = near === k && last > 0 ? k * pow(distance / last, growth[j]) : near;
      scores[start + r] = r + 1 + Math.min(n, beyond) - both;
    }
    for (let r = 0; r < k; r++) if (indices[start + r] >= 0) place[indices[start + r]] = -1;
  }
  return scores;
}

/** ln 2 / ln(r_C / r_{C/2}), at most 100: how fast row i's list grows. */
function growthOf({ distances, k }: KnnGraph, i: number): number {
  const half = distances[i * k + Math.max(1, k >> 1) - 1];
  const ratio = half > 0 ? distances[i * k + k - 1] / half : 1;
  const share = k / Math.max(1, k >> 1);
  return ratio > 1 && Number.isFinite(ratio) ? Math.min(100, log(share) / log(ratio)) : 1;
}

/** A score for each entry of the lists, from its distance and both its rows; ∞ for missing ones. */
export function scored(
  { indices, distances, n, k }: KnnGraph,
  score: (distance: number, i: number, j: number) => number,
): Float64Array {
  const scores = new Float64Array(n * k).fill(Infinity);
  for (let at = 0; at < n * k; at++) {
    if (indices[at] >= 0) scores[at] = score(distances[at], Math.floor(at / k), indices[at]);
  }
  return scores;
}

/** The lists in order of their scores, equal ones in the order they had; `distances` are the scores. */
export function reranked({ indices, n, k }: KnnGraph, scores: Float64Array): KnnGraph {
  const out = { indices: Int32Array.from(indices), distances: Float64Array.from(scores), n, k };
  for (let i = 0; i < n; i++) {
    for (let r = 1; r < k; r++) {
      const [row, score] = [out.indices[i * k + r], out.distances[i * k + r]];
      let at = i * k + r;
      for (; at > i * k && out.distances[at - 1] > score; at--) {
        out.distances[at] = out.distances[at - 1];
        out.indices[at] = out.indices[at - 1];
      }
      out.distances[at] = score;
      out.indices[at] = row;
    }
  }
  return out;
}

/** Mean share of the first k neighbours of a row in `a` that are not among its first k in `b`. */
export function replacedShare(a: KnnGraph, b: KnnGraph, k: number): number {
  const width = Math.min(k, a.k);
  let kept = 0;
  for (let i = 0; i < a.n; i++) {
    const list = new Set(b.indices.subarray(i * b.k, i * b.k + width));
    for (let r = 0; r < width; r++) if (list.has(a.indices[i * a.k + r])) kept += 1;
  }
  return 1 - kept / (a.n * width);
}
