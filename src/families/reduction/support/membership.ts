import type { KnnGraph } from '../../../core/graph.ts';
import { exp, log } from '../../../core/numeric.ts';

/** σ is not below this share of the mean distance: rows among duplicates would have none. */
const LEAST_SHARE = 1e-3;

/**
 * How surely each neighbour belongs to its row, in (0, 1]: n × k beside the lists of the graph.
 *
 *     p_ij = exp(−max(0, d_ij − ρᵢ)/σᵢ),   ρᵢ the least distance above 0,   σᵢ with Σⱼ p_ij = log₂(k + 1)
 *
 * The reference code counts the row itself among its neighbours: hence k + 1. What a row gets depends on its list and on `meanDistance` alone, the mean over the lists of the fitted rows.
 */
export function memberships(graph: KnnGraph, meanDistance: number): Float64Array {
  const { indices, distances, n, k } = graph;
  const target = log(k + 1) / Math.LN2;
  const out = new Float64Array(n * k);
  const beyond = new Float64Array(k);
  for (let i = 0; i < n; i++) {
    let [nearest, sum, count] = [Infinity, 0, 0];
    for (let at = i * k; at < (i + 1) * k; at++) {
      if (indices[at] < 0) continue;
      const distance = distances[at];
      if (distance > 0 && distance < nearest) nearest = distance;
      sum += distance;
      count += 1;
    }
    const least = LEAST_SHARE * (nearest < Infinity && sum > 0 ? sum / count : meanDistance);
    for (let r = 0; r < count; r++) beyond[r] = Math.max(0, distances[i * k + r] - nearest);
    const rate = rateOf(beyond.subarray(0, count), target, least > 0 ? 1 / least : 1e300);
    for (let r = 0; r < count; r++) out[i * k + r] = exp(-rate * beyond[r]);
  }
  return out;
}

/** The mean of the distances of all neighbours. */
export function meanDistanceOf({ indices, distances }: KnnGraph): number {
  let [sum, count] = [0, 0];
  for (let at = 0; at < indices.length; at++) {
    if (indices[at] < 0) continue;
    sum += distances[at];
    count += 1;
  }
  return count > 0 ? sum / count : 0;
}

/**
 * 1/σ with Σ exp(−x/σ) = target, at most `most`: Newton's method from 0. The sum is convex and falls in 1/σ, so each
 * step stays below the root and comes nearer to it.
 */
function rateOf(x: Float64Array, target: number, most: number): number {
  let rate = 0;
  for (let turn = 0; turn < 100; turn++) {
    let [value, slope] = [0, 0];
    for (let r = 0; r < x.length; r++) {
      const p = exp(-rate * x[r]);
      value += p;
      slope += x[r] * p;
    }
    if (value - target < 1e-7 * target) return rate;
    if (!(slope > 0)) return most;
    rate += (value - target) / slope;
    if (rate >= most) return most;
  }
  return rate;
}
