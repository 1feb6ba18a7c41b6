import type { Random } from '../../../core/random.ts';

/** One anchor with its distances to all rows. */
export interface Anchor {
  /** Squared distance of the anchor to each row. */
  readonly squares: Float64Array;
  readonly positives: Int32Array;
  readonly negatives: Int32Array;
}

/** The negative that goes with each positive of an anchor. */
export type Mining = (anchor: Anchor, random: Random) => Int32Array;

/** Intervals of squared distance into which negatives are sorted. */
const INTERVALS = 128;

/**
 * The nearest negative that is further than the positive; where there is none, the furthest of all. Equal
 * distances go by lower row. Negatives are put into intervals of distance, so that a positive has to look at those of its own alone.
 */
export function semiHardNegatives({ squares, positives, negatives }: Anchor): Int32Array {
  let furthest = negatives[0];
  let least = Infinity;
  for (const k of negatives) {
    if (squares[k] > squares[furthest]) furthest = k;
    if (squares[k] < least) least = squares[k];
  }
  const width = squares[furthest] - least;
  const perSquare = width > 0 ? (INTERVALS - 1) / width : 0;
  // The negatives of an interval: the last, and for each the one before.
  const last = new Int32Array(INTERVALS).fill(-1);
  const before = new Int32Array(negatives.length);
  // The nearest in the interval, then in it or beyond: a place in `negatives`.
  const nearest = new Int32Array(INTERVALS + 1).fill(-1);
  const nearer = (a: number, b: number) =>
    a >= 0 && (b < 0 || squares[negatives[a]] < squares[negatives[b]]);
  for (let at = 0; at < negatives.length; at++) {
    const interval = Math.floor((squares[negatives[at]] - least) * perSquare);
    before[at] = last[interval];
    last[interval] = at;
    if (nearer(at, nearest[interval])) nearest[interval] = at;
  }
  for (let i = INTERVALS - 2; i >= 0; i--) if (nearest[i] < 0) nearest[i] = nearest[i + 1];
  return positives.map((p) => {
    if (squares[p] >= squares[furthest]) return furthest;
    if (squares[p] < least) return negatives[nearest[0]];
    const interval = Math.floor((squares[p] - least) * perSquare);
    let best = nearest[interval + 1];
    for (let at = last[interval]; at >= 0; at = before[at]) {
      const isFurther = squares[negatives[at]] > squares[p];
      if (isFurther && !nearer(best, at)) best = at;
    }
    return negatives[best];
  });
}

/** The nearest negative, for every positive. */
export function hardNegatives({ squares, positives, negatives }: Anchor): Int32Array {
  let nearest = negatives[0];
  for (const k of negatives) if (squares[k] < squares[nearest]) nearest = k;
  return new Int32Array(positives.length).fill(nearest);
}

/** Any negative, drawn for each positive. */
export function randomNegatives({ positives, negatives }: Anchor, random: Random): Int32Array {
  return positives.map(() => negatives[random.integer(negatives.length)]);
}

/** How many of the ascending values are smaller. */
function countBelow(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The loss of one anchor over chosen triplets, Σ [d_ap² − d_an² + margin]₊; adds ∂/∂(squared distance) to
 * `weights`.
 */
export function lossOfChosen(
  { squares, positives }: Anchor,
  chosen: Int32Array,
  margin: number,
  weights: Float64Array,
): number {
  let loss = 0;
  for (let t = 0; t < positives.length; t++) {
    const [p, k] = [positives[t], chosen[t]];
    const violation = squares[p] - squares[k] + margin;
    if (violation <= 0) continue;
    loss += violation;
    weights[p] += 1;
    weights[k] -= 1;
  }
  return loss;
}

/** The same over all triplets of the anchor; by sorted positives, so that a negative costs a search and no loop. */
export function lossOfAll(
  { squares, positives, negatives }: Anchor,
  margin: number,
  weights: Float64Array,
): number {
  const count = positives.length;
  const sorted = Float64Array.from(positives, (p) => squares[p]).sort();
  const beyond = new Float64Array(count + 1);
  for (let t = count - 1; t >= 0; t--) beyond[t] = beyond[t + 1] + sorted[t];
  // violated[t]: negatives nearer than sorted[t] + margin.
  const violated = new Int32Array(count + 1);
  let loss = 0;
  for (const k of negatives) {
    const first = countBelow(sorted, squares[k] - margin);
    const violations = count - first;
    loss += beyond[first] + violations * (margin - squares[k]);
    weights[k] -= violations;
    violated[first] += 1;
  }
  for (let t = 1; t < count; t++) violated[t] += violated[t - 1];
  for (const p of positives) weights[p] += violated[countBelow(sorted, squares[p])];
  return loss;
}
