import { exp, log } from '../../../../core/numeric.ts';
import { Random } from '../../../../core/random.ts';
import { spherePatches } from '../../support/sphere-patches.ts';
import { censoredRate } from './censored-rate.ts';
import { remembered } from './sphere-neighbors.ts';

/** Neighbours within the patch that are kept of each member: two, and two more for when some are left out. */
const KEPT = 4;

/** ln of the distances from each member of a patch to its nearest other members, and which these are. */
export interface PatchNeighbors {
  /** Members, the row in the middle not counted; K. */
  readonly count: number;
  /** K × 4, ascending; ∞ where a member has fewer others. */
  readonly logs: Float64Array;
  /** Places of members, K × 4. */
  readonly places: Int32Array;
}

/** From the chords of a patch, (K + 1) × (K + 1), whose place 0 is the row in the middle. */
export function patchNeighbors(distances: Float64Array, count: number): PatchNeighbors {
  const size = count + 1;
  const logs = new Float64Array(count * KEPT).fill(Infinity);
  const places = new Int32Array(count * KEPT).fill(-1);
  for (let a = 0; a < count; a++) {
    const first = a * KEPT;
    for (let b = 0; b < count; b++) {
      if (b === a) continue;
      const distance = distances[(a + 1) * size + b + 1];
      if (distance >= logs[first + KEPT - 1]) continue;
      let at = first + KEPT - 1;
      for (; at > first && logs[at - 1] > distance; at--) {
        logs[at] = logs[at - 1];
        places[at] = places[at - 1];
      }
      logs[at] = distance;
      places[at] = b;
    }
  }
  return { count, logs: logs.map((distance) => log(distance)), places };
}

/**
 * TwoNN of the members of a patch, the largest share of the ratios censored; without those that are `left out`,
 * neighbours closing up. NaN where fewer than three ratios are left.
 */
export function patchRate(
  { count, logs, places }: PatchNeighbors,
  censored: number,
  leftOut: (member: number) => boolean = () => false,
): number {
  const ratios = new Float64Array(count);
  let found = 0;
  for (let a = 0; a < count; a++) {
    if (leftOut(a)) continue;
    let first = NaN;
    for (let at = a * KEPT; at < (a + 1) * KEPT; at++) {
      if (places[at] < 0) break;
      if (leftOut(places[at])) continue;
      if (Number.isNaN(first)) {
        first = logs[at];
        continue;
      }
      ratios[found++] = logs[at] - first;
      break;
    }
  }
  return found < 3 ? NaN : censoredRate(ratios.subarray(0, found), censored);
}

/** ln(r₂/r₁) below which both are one distance with the rounding of float32 rows. */
const TIED = 1e-6;

/** The share of the members whose two nearest others are equally far away. */
export function tiesOf({ count, logs }: PatchNeighbors): number {
  let tied = 0;
  for (let a = 0; a < count; a++) {
    if (logs[a * KEPT + 1] - logs[a * KEPT] <= TIED) tied += 1;
  }
  return tied / count;
}

/** Ratios that a mean estimate on the sphere is simulated from: to about one percent. */
const RATIOS = 10_000;
/** Numbers to draw for one dimension: many dimensions have fewer patches. */
const NUMBERS = 2e6;
/** Dimensions that are simulated: whole ones, for points of a sphere have no others. */
const DIMENSIONS = [
  1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 18, 22, 27, 33, 40, 50, 60, 75, 95, 120, 150, 190, 240, 300,
  400, 550, 750, 1000,
];

/**
 * Reads the TwoNN of patches of k neighbours of n rows backwards: the dimension of the sphere on whose uniform
 * points it is that on average. Between the dimensions simulated, and beyond, ln of the one is linear in ln of the
 * other. Seen from within, a patch has an edge, where neighbours are missing and the plain number reads low.
 */
export const patchScale = /* @__PURE__ */ remembered((n: number, k: number, censored: number) => {
  const known = new Map<number, number>();
  const at = (i: number): number => {
    let value = known.get(i);
    if (value === undefined) {
      value = log(meanPatchRate(n, k, censored, DIMENSIONS[i]));
      known.set(i, value);
    }
    return value;
  };
  return (rate: number): number => {
    if (!(rate > 0)) return NaN;
    const wanted = log(rate);
    let i = Math.max(0, DIMENSIONS.findIndex((m) => m > rate) - 1);
    while (i > 0 && at(i) > wanted) i -= 1;
    i = lastBelow(at, wanted, i);
    const [low, high] = [log(DIMENSIONS[i]), log(DIMENSIONS[i + 1])];
    const share = (wanted - at(i)) / (at(i + 1) - at(i));
    return exp(low + share * (high - low));
  };
});

/** The last of the dimensions from `first` on, but for the very last, whose value a rising `at` has below `wanted`; else `first`. */
function lastBelow(at: (i: number) => number, wanted: number, first: number): number {
  const end = DIMENSIONS.length - 2;
  let [low, stride] = [first, 1];
  while (low < end && at(Math.min(end, low + stride)) < wanted) {
    low = Math.min(end, low + stride);
    stride *= 2;
  }
  let high = Math.min(end + 1, low + stride);
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (at(middle) < wanted) low = middle;
    else high = middle;
  }
  return low;
}

/** The mean over patches of the sphere of dimension m, simulated with a seed of its own. */
function meanPatchRate(n: number, k: number, censored: number, m: number): number {
  const random = Random.fromSeed(20_250_601).fork(m);
  const draw = spherePatches(n, k, m);
  const patches = Math.ceil(Math.min(RATIOS / k, Math.max(16, NUMBERS / (k * Math.min(k, m)))));
  let sum = 0;
  for (let p = 0; p < patches; p++) sum += patchRate(patchNeighbors(draw(random), k), censored);
  return sum / patches;
}
