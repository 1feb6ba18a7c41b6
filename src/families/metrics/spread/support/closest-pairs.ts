import type { KnnGraph } from '../../../../core/graph.ts';
import { angleOfChord, exp, log } from '../../../../core/numeric.ts';
import { logGamma } from '../../../../numerics/laws/special.ts';
import { rowOfList } from '../../../../structures/neighbors/neighbor-lists.ts';

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

/**
 * 2.5 % and 97.5 % points of −ln Γ₁/h, Γᵢ the i-th of m Poisson arrivals and h the mean of ln(Γ_m/Γᵢ)
 * over the others: −ln Γ₁ in units of an exponent that the same pairs tell. From 4·10⁶ draws each, good to
 * 0.005; between these m linear in 1/m.
 */
const PIVOTS = [
  { pairs: 8, low: -2.85, high: 2.512 },
  { pairs: 12, low: -2.327, high: 2.773 },
  { pairs: 20, low: -1.945, high: 3.036 },
  { pairs: 30, low: -1.754, high: 3.194 },
];
const FEWEST_PAIRS = PIVOTS[0].pairs;

function pivot(pairs: number): { readonly low: number; readonly high: number } {
  const at = Math.max(
    1,
    PIVOTS.findIndex((known) => known.pairs >= pairs),
  );
  const [less, more] = [PIVOTS[at - 1], PIVOTS[at]];
  const share = (1 / less.pairs - 1 / pairs) / (1 / less.pairs - 1 / more.pairs);
  return {
    low: less.low + share * (more.low - less.low),
    high: less.high + share * (more.high - less.high),
  };
}

/**
 * The 95 % interval for the mean smallest angle of n rows, from their 8 to 30 closest pairs.
 *
 * The number of pairs within θ is nearly Poisson with mean (θ/c)^D, so (θ₁/c)^D is exponential, and
 * the mean is c Γ(1 + 1/D). D comes from the closest pairs (Hill), and what these few leave open of it is
 * in the interval; `share` is the share of all pairs that the lists cover. Where rows coincide the
 * interval starts at 0 and ends at the fourth pair: with four, fewer than one such set in a hundred has a
 * smallest angle with a median above it.
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
  const { low, high } = pivot(pairs.length);
  const at = (z: number) => Math.min(Math.PI, smallest * mean * exp(inverse * (z + log(share))));
  return { low: at(low), high: at(high) };
}
