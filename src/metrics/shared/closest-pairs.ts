import type { KnnGraph } from '../../core/graph.ts';
import { angleOfChord, exp, log, pow } from '../../core/numeric.ts';
import { logGamma } from '../../core/special.ts';
import { rowOfList } from './neighbor-lists.ts';

/** Two rows and the angle between them, in radians. */
export interface ClosePair {
  readonly i: number;
  readonly j: number;
  readonly angle: number;
}

/** The closest pairs of the lists, each once, closest first; at most `count`. */
export function closestPairs(graph: KnnGraph, count: number): ClosePair[] {
  const { indices, distances, k } = graph;
  const sorted = Float64Array.from(distances).sort();
  // A pair stands in at most two lists.
  const bound = sorted[Math.min(sorted.length, 2 * count) - 1];
  const seen = new Map<string, ClosePair>();
  for (let e = 0; e < distances.length && seen.size < 100 * count; e++) {
    if (indices[e] < 0 || distances[e] > bound) continue;
    const row = rowOfList(graph, Math.floor(e / k));
    const [i, j] = row < indices[e] ? [row, indices[e]] : [indices[e], row];
    seen.set(`${i} ${j}`, { i, j, angle: angleOfChord(distances[e]) });
  }
  const pairs = [...seen.values()].sort((a, b) => a.angle - b.angle || a.i - b.i || a.j - b.j);
  return pairs.slice(0, count);
}

/** 2.5 % and 97.5 % points of the exponential law. */
const EXPONENTIAL = [0.025317807984289897, 3.6888794541139363];
const FEWEST_PAIRS = 8;

/**
 * The 95 % interval for the mean smallest angle of n rows, from their closest pairs.
 *
 * The number of pairs within θ is nearly Poisson with mean (θ/c)^D, so (θ₁/c)^D is exponential, and
 * the mean is c Γ(1 + 1/D). D comes from the closest pairs (Hill), `share` is the share of all pairs
 * that the lists cover. Where rows coincide the interval starts at 0 and ends at the fourth pair: with
 * four, fewer than one such set in a hundred has a smallest angle with a median above it.
 */
export function smallestAngleInterval(
  pairs: readonly ClosePair[],
  share: number,
): { readonly low: number; readonly high: number } | undefined {
  if (pairs.length < FEWEST_PAIRS) return undefined;
  const [{ angle: smallest }] = pairs;
  if (smallest === 0) return { low: 0, high: pairs[3].angle };
  const last = pairs[pairs.length - 1].angle;
  let inverse = 0;
  for (const { angle } of pairs) inverse += log(last / angle) / (pairs.length - 1);
  if (!(inverse > 0)) return undefined;
  const mean = exp(logGamma(1 + inverse));
  const at = (exponential: number) =>
    Math.min(Math.PI, smallest * mean * pow(share / exponential, inverse));
  return { low: at(EXPONENTIAL[1]), high: at(EXPONENTIAL[0]) };
}
