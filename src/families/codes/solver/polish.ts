import { fourSumDot, squaredNorm } from '../../../numerics/rows/dot.ts';
import { rescaleRows } from '../../../numerics/rows/unit-rows.ts';
import { type Contact, type Equalized, equalize } from './contact-system.ts';
import { Watch } from './watch.ts';

/** A local optimum of the max–min problem, as exact as float64 allows. */
export interface Polished {
  /** n × d. */
  readonly points: Float64Array;
  readonly contacts: readonly Contact[];
  /** Multipliers of the contacts, λ ≥ 0, Σλ = 1. */
  readonly multipliers: Float64Array;
  /** ‖Σ λ ∇c‖ over all rows: 0 where the points are stationary. */
  readonly residual: number;
}

/** Above this many contacts the dense system costs seconds; the estimate is left as it is. */
export const MOST_CONTACTS = 800;

/**
 * Newton's method on the contacts of a max–min problem: makes all their cosines one number.
 *
 * Unknowns are tangent steps u of the rows and the common cosine s: c + A·u = s, with A the m × nd
 * matrix of gradients ∇c_ij (x_j − c x_i at row i, x_i − c x_j at row j). The step is the minimum-norm
 * one of the regularised system, u = Aᵀ(AAᵀ + μI)⁻¹(s − c), μ ~ |s − c| (Levenberg and Marquardt), at
 * s = Σλc with the multipliers λ, Aᵀλ ≈ 0, Σλ = 1.
 * Where fewer contacts hold the rows than they have freedoms, equal cosines alone do not fix them: the
 * rows slide, keeping the contacts equal, to where the forces balance.
 * A pair belongs to the contacts for its multiplier, not for its distance alone: negative ones leave,
 * as do pairs that cannot be brought to the common cosine; pairs that come nearer join.
 */
export async function polish(
  start: Float64Array,
  d: number,
  frozen: number,
  guess: readonly Contact[],
  lines = false,
  watch = new Watch(),
): Promise<Polished> {
  const x = start.slice();
  const ends = () => watch.timeIsUp();
  let contacts = guess.slice();
  let state = equalize(x, d, frozen, contacts, ends);
  let left = MOST_SLIDING;
  for (let round = 0; round < 24 && !watch.timeIsUp(); round++) {
    if (watch.isDue()) await watch.pause();
    const { multipliers, cosines, level } = state;
    const kept = contacts.filter((_, k) => multipliers[k] > -1e-9 && cosines[k] > level - 1e-9);
    const nearer = nearerPairs(x, d, frozen, contacts, level, lines);
    if (kept.length === contacts.length && nearer.length === 0) {
      const steps = Math.min(60, Math.floor(left / contacts.length ** 3));
      const further = await slide(x, d, frozen, contacts, state, lines, steps, watch);
      left -= further.steps * contacts.length ** 3;
      if (further.state === state && further.blocking.length === 0) break;
      state = further.state;
      if (further.blocking.length === 0) continue;
      contacts = [...contacts, ...further.blocking];
      state = equalize(x, d, frozen, contacts, ends);
      continue;
    }
    // One kind of change at a time: a pair that joins may turn a negative multiplier positive.
    contacts = nearer.length > 0 ? [...contacts, ...nearer] : kept;
    if (contacts.length === 0 || contacts.length > MOST_CONTACTS) break;
    state = equalize(x, d, frozen, contacts, ends);
  }
  const { multipliers, force } = state;
  return { points: x, contacts, multipliers, residual: Math.sqrt(squaredNorm(force)) };
}

/** Work that sliding is worth: steps times contacts³, some seconds. */
const MOST_SLIDING = 1e9;

/** First and least length of a step where the surface bends away, as angles. */
const FIRST_STRIDE = 1e-4;
const LEAST_STRIDE = 1e-6;
const LONGEST_STRIDE = 0.02;

/**
 * Conjugate gradients along the surface of equal cosines, downhill for Σλc; where it bends the wrong
 * way (a saddle), strides that grow until other pairs are in the way, which are to join the contacts.
 * Overwrites x with what it gains, and returns `start` itself where that is nothing.
 */
async function slide(
  x: Float64Array,
  d: number,
  frozen: number,
  contacts: readonly Contact[],
  start: Equalized,
  lines: boolean,
  steps: number,
  watch: Watch,
): Promise<{
  readonly state: Equalized;
  readonly blocking: readonly Contact[];
  readonly steps: number;
}> {
  let state = start;
  let before: Float64Array | undefined;
  let squaredBefore = 1;
  let stride = FIRST_STRIDE;
  let step = 0;
  for (; step < steps && !watch.timeIsUp(); step++) {
    if (watch.isDue()) await watch.pause();
    const { force } = state;
    const squared = squaredNorm(force);
    if (squared < 1e-26) break;
    const share = squared / squaredBefore;
    const direction = before ? force.map((f, k) => f + share * (before?.[k] ?? 0)) : force;
    const length = Math.sqrt(squaredNorm(direction));
    const slope = direction.reduce((sum, value, k) => sum + value * force[k], 0);
    const curvature = lagrangianCurvature(direction, d, contacts, state);
    const convex = curvature > 1e-9 * length ** 2 && slope > 0;
    const t = convex ? Math.min(slope / curvature, LONGEST_STRIDE / length) : stride / length;
    const moved = x.slice();
    for (let k = frozen * d; k < x.length; k++) moved[k] -= t * direction[k];
    rescaleRows(moved, d, frozen);
    const next = equalize(moved, d, frozen, contacts, () => watch.timeIsUp());
    const reached = Math.max(next.level, largestCosine(moved, d, frozen, lines));
    if (!(reached < state.level)) {
      if (convex) break;
      stride /= 4;
      if (stride > LEAST_STRIDE) continue;
      const blocking = nearerPairs(moved, d, frozen, contacts, next.level, lines);
      return { state, blocking, steps: step };
    }
    x.set(moved);
    state = next;
    if (reached > next.level + 1e-15) break;
    before = convex ? direction : undefined;
    squaredBefore = squared;
    stride = Math.min(2 * stride, LONGEST_STRIDE);
  }
  return { state, blocking: [], steps: step };
}

function largestCosine(x: Float64Array, d: number, frozen: number, lines: boolean): number {
  let most = -1;
  for (let i = d * Math.max(1, frozen); i < x.length; i += d) {
    for (let j = 0; j < i; j += d) {
      const product = fourSumDot(x, i, x, j, d);
      most = Math.max(most, lines ? Math.abs(product) : product);
    }
  }
  return most;
}

/** The second derivative of Σλc along geodesics with velocities u: Σ λ (2 s u_i·u_j − c(|u_i|² + |u_j|²)). */
function lagrangianCurvature(
  u: Float64Array,
  d: number,
  contacts: readonly Contact[],
  { cosines, multipliers }: Equalized,
): number {
  let sum = 0;
  contacts.forEach(({ i, j, sign }, k) => {
    const across = 2 * sign * fourSumDot(u, i * d, u, j * d, d);
    const along = fourSumDot(u, i * d, u, i * d, d) + fourSumDot(u, j * d, u, j * d, d);
    sum += multipliers[k] * (across - cosines[k] * along);
  });
  return sum;
}

/** Pairs outside `contacts` whose cosine exceeds `level` by more than rounding. */
function nearerPairs(
  x: Float64Array,
  d: number,
  frozen: number,
  contacts: readonly Contact[],
  level: number,
  lines: boolean,
): Contact[] {
  const n = x.length / d;
  const known = new Set(contacts.map(({ i, j }) => Math.max(i, j) * n + Math.min(i, j)));
  const out: Contact[] = [];
  for (let i = Math.max(1, frozen); i < n; i++) {
    for (let j = 0; j < i; j++) {
      const cosine = fourSumDot(x, i * d, x, j * d, d);
      if ((lines ? Math.abs(cosine) : cosine) <= level + 4e-15) continue;
      if (!known.has(i * n + j)) out.push({ i, j, sign: lines && cosine < 0 ? -1 : 1 });
    }
  }
  return out;
}
