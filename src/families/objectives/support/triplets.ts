import type { Random } from '../../../core/random.ts';

/** One anchor with its distances to all rows. */
export interface Anchor {
  /** Squared distance of the anchor to each row. */
  readonly squares: Float64Array;
  readonly positives: Int32Array;
  /** The squares of the positives, ascending. */
  readonly sorted: Float64Array;
  readonly negatives: Int32Array;
}

/** The negative that goes with each positive of an anchor. */
export type Mining = (anchor: Anchor, random: Random) => Int32Array;

/**
 * The nearest negative that is further than the positive; where there is none, the furthest of all. Equal
 * distances go by lower row.
 */
export function semiHardNegatives(anchor: Anchor): Int32Array {
  const { squares, positives, sorted, negatives } = anchor;
  const count = positives.length;
  // beyond[t]: the nearest negative that is further than sorted[t], first of those not further than sorted[t + 1].
  const beyond = new Int32Array(count).fill(-1);
  const nearer = (a: number, b: number) => a >= 0 && (b < 0 || squares[a] < squares[b]);
  let furthest = negatives[0];
  for (const k of negatives) {
    if (squares[k] > squares[furthest]) furthest = k;
    const last = beyond[count - 1];
    if (last >= 0 && squares[k] >= squares[last]) continue;
    const below = countBelow(sorted, squares[k]);
    if (below > 0 && nearer(k, beyond[below - 1])) beyond[below - 1] = k;
  }
  for (let t = count - 2; t >= 0; t--)
    if (nearer(beyond[t + 1], beyond[t])) beyond[t] = beyond[t + 1];
  return positives.map((p) => {
    const k = beyond[countBelow(sorted, squares[p])];
    return k < 0 ? furthest : k;
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
  { squares, positives, sorted, negatives }: Anchor,
  margin: number,
  weights: Float64Array,
): number {
  const count = positives.length;
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
