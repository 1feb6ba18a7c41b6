import { dotRows } from '../../../kernels/overlap/reference.ts';
import { choleskyInPlace, solveCholesky } from './cholesky.ts';
import { normalizeRows } from './moves.ts';

/** A pair of rows; for lines `sign` is −1 where the near one is the antipode. */
export interface Contact {
  readonly i: number;
  readonly j: number;
  readonly sign: number;
}

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
 * A pair belongs to the contacts for its multiplier, not for its distance alone: negative ones leave,
 * as do pairs that cannot be brought to the common cosine; pairs that come nearer join.
 */
export function polish(
  start: Float64Array,
  d: number,
  frozen: number,
  guess: readonly Contact[],
  lines = false,
): Polished {
  const x = start.slice();
  let contacts = guess.slice();
  let state = equalize(x, d, frozen, contacts);
  for (let round = 0; round < 16; round++) {
    const { multipliers, cosines, level } = state;
    const kept = contacts.filter((_, k) => multipliers[k] > -1e-9 && cosines[k] > level - 1e-9);
    const nearer = nearerPairs(x, d, frozen, contacts, level, lines);
    if (kept.length === contacts.length && nearer.length === 0) break;
    // One kind of change at a time: a pair that joins may turn a negative multiplier positive.
    contacts = nearer.length > 0 ? [...contacts, ...nearer] : kept;
    if (contacts.length === 0 || contacts.length > MOST_CONTACTS) break;
    state = equalize(x, d, frozen, contacts);
  }
  return { points: x, contacts, multipliers: state.multipliers, residual: state.residual };
}

interface Equalized {
  readonly level: number;
  readonly cosines: Float64Array;
  readonly multipliers: Float64Array;
  readonly residual: number;
}

/** Moves x until the cosines of the contacts agree to rounding. */
function equalize(
  x: Float64Array,
  d: number,
  frozen: number,
  contacts: readonly Contact[],
): Equalized {
  const m = contacts.length;
  const gram = new Float64Array(m * m);
  let spreadBefore = Infinity;
  for (let iteration = 0; ; iteration++) {
    const cosines = Float64Array.from(
      contacts,
      ({ i, j, sign }) => sign * dotRows(x, i * d, j * d, d),
    );
    const spread = largest(cosines) - least(cosines);
    const mu = Math.max(1e-11, Math.min(1e-6, spread));
    fillGram(gram, x, d, frozen, contacts, cosines);
    choleskyInPlace(gram, m, mu);
    const multipliers = balanced(gram, m);
    let level = 0;
    for (let k = 0; k < m; k++) level += multipliers[k] * cosines[k];
    const done = spread < 4e-16 || (iteration >= 4 && spread > spreadBefore / 2) || iteration >= 40;
    if (done) {
      const force = combination(x, d, frozen, contacts, cosines, multipliers);
      return {
        level,
        cosines,
        multipliers,
        residual: Math.sqrt(force.reduce((s, v) => s + v * v, 0)),
      };
    }
    spreadBefore = spread;
    const weights = solveCholesky(
      gram,
      m,
      cosines.map((c) => level - c),
    );
    const step = combination(x, d, frozen, contacts, cosines, weights);
    for (let k = frozen * d; k < x.length; k++) x[k] += step[k];
    normalizeRows(x, d, frozen);
  }
}

/**
 * λ with Aᵀλ ≈ 0 and Σλ = 1: inverse iteration from equal weights, by the factor of AAᵀ + μI. Weights
 * in the null space of Aᵀ stay as they are, the others shrink by μ/σ² each time.
 */
function balanced(factor: Float64Array, m: number): Float64Array {
  let weights: Float64Array = new Float64Array(m).fill(1);
  for (let iteration = 0; iteration < 2; iteration++) {
    weights = solveCholesky(factor, m, weights);
    const total = weights.reduce((sum, value) => sum + value, 0);
    for (let k = 0; k < m; k++) weights[k] /= total;
  }
  return weights;
}

/** Aᵀ·weights: a tangent vector at every row. */
function combination(
  x: Float64Array,
  d: number,
  frozen: number,
  contacts: readonly Contact[],
  cosines: Float64Array,
  weights: Float64Array,
): Float64Array {
  const out = new Float64Array(x.length);
  contacts.forEach(({ i, j, sign }, k) => {
    for (let c = 0; c < d; c++) {
      const a = x[i * d + c];
      const b = x[j * d + c];
      if (i >= frozen) out[i * d + c] += weights[k] * (sign * b - cosines[k] * a);
      if (j >= frozen) out[j * d + c] += weights[k] * (sign * a - cosines[k] * b);
    }
  });
  return out;
}

/** A·Aᵀ: contacts interact where they share a row. */
function fillGram(
  gram: Float64Array,
  x: Float64Array,
  d: number,
  frozen: number,
  contacts: readonly Contact[],
  cosines: Float64Array,
): void {
  const m = contacts.length;
  gram.fill(0);
  const n = x.length / d;
  const incident: { contact: number; gradient: Float64Array }[][] = Array.from(
    { length: n },
    () => [],
  );
  contacts.forEach(({ i, j, sign }, contact) => {
    for (const [here, there] of [
      [i, j],
      [j, i],
    ]) {
      if (here < frozen) continue;
      const gradient = new Float64Array(d);
      for (let c = 0; c < d; c++) {
        gradient[c] = sign * x[there * d + c] - cosines[contact] * x[here * d + c];
      }
      incident[here].push({ contact, gradient });
    }
  });
  for (const row of incident) {
    for (const p of row) {
      for (const q of row) {
        if (q.contact > p.contact) continue;
        let sum = 0;
        for (let c = 0; c < d; c++) sum += p.gradient[c] * q.gradient[c];
        gram[p.contact * m + q.contact] += sum;
      }
    }
  }
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
      const cosine = dotRows(x, i * d, j * d, d);
      if ((lines ? Math.abs(cosine) : cosine) <= level + 4e-15) continue;
      if (!known.has(i * n + j)) out.push({ i, j, sign: lines && cosine < 0 ? -1 : 1 });
    }
  }
  return out;
}

const largest = (values: Float64Array): number =>
  values.reduce((a, b) => Math.max(a, b), -Infinity);
const least = (values: Float64Array): number => values.reduce((a, b) => Math.min(a, b), Infinity);
