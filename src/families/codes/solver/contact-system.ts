import { fourSumDot, squaredNorm } from '../../../numerics/rows/dot.ts';
import { rescaleRows } from '../../../numerics/rows/unit-rows.ts';
import { choleskyInPlace, solveCholesky } from './cholesky.ts';

/** A pair of rows; for lines `sign` is −1 where the near one is the antipode. */
export interface Contact {
  readonly i: number;
  readonly j: number;
  readonly sign: number;
}

/** Rows in which all contacts have one cosine, as nearly as float64 allows. */
export interface Equalized {
  /** Σ λc. */
  readonly level: number;
  readonly cosines: Float64Array;
  /** λ with Σλ = 1 and the least ‖Aᵀλ‖. */
  readonly multipliers: Float64Array;
  /** Aᵀλ: what is left of the forces; against it all contacts open at the same rate. */
  readonly force: Float64Array;
}

/** Moves x until the cosines of the contacts agree to rounding, or until it `ends`. */
export function equalize(
  x: Float64Array,
  d: number,
  frozen: number,
  contacts: readonly Contact[],
  ends: () => boolean = () => false,
): Equalized {
  const m = contacts.length;
  const gram = new Float64Array(m * m);
  let spreadBefore = Infinity;
  for (let iteration = 0; ; iteration++) {
    const cosines = Float64Array.from(
      contacts,
      ({ i, j, sign }) => sign * fourSumDot(x, i * d, x, j * d, d),
    );
    const spread = largest(cosines) - least(cosines);
    const mu = Math.max(1e-11, Math.min(1e-6, spread));
    fillGram(gram, x, d, frozen, contacts, cosines);
    choleskyInPlace(gram, m, mu);
    const { multipliers, force } = balanced(gram, x, d, frozen, contacts, cosines);
    let level = 0;
    for (let k = 0; k < m; k++) level += multipliers[k] * cosines[k];
    const done =
      spread < 4e-16 || (iteration >= 4 && spread > spreadBefore / 2) || iteration >= 40 || ends();
    if (done) return { level, cosines, multipliers, force };
    spreadBefore = spread;
    const weights = solveCholesky(
      gram,
      m,
      cosines.map((c) => level - c),
    );
    const step = combination(x, d, frozen, contacts, cosines, weights);
    for (let k = frozen * d; k < x.length; k++) x[k] += step[k];
    rescaleRows(x, d, frozen);
  }
}

/** Forces above this are no rounding: the rows can still slide. */
const SLIDING = 1e-8;

/**
 * λ ∝ (AAᵀ + μI)⁻¹1, which has the least ‖Aᵀλ‖; where that is nothing, once more: weights in the null
 * space of Aᵀ stay, what regularisation mixed in shrinks by μ/σ².
 */
function balanced(
  factor: Float64Array,
  x: Float64Array,
  d: number,
  frozen: number,
  contacts: readonly Contact[],
  cosines: Float64Array,
): { multipliers: Float64Array; force: Float64Array } {
  const m = contacts.length;
  const solved = (right: Float64Array): Float64Array => {
    const weights = solveCholesky(factor, m, right);
    const total = weights.reduce((sum, value) => sum + value, 0);
    return weights.map((value) => value / total);
  };
  const forceOf = (weights: Float64Array): Float64Array =>
    combination(x, d, frozen, contacts, cosines, weights);
  const first = solved(new Float64Array(m).fill(1));
  const force = forceOf(first);
  if (squaredNorm(force) > SLIDING ** 2) return { multipliers: first, force };
  const multipliers = solved(first);
  return { multipliers, force: forceOf(multipliers) };
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

const largest = (values: Float64Array): number =>
  values.reduce((a, b) => Math.max(a, b), -Infinity);
const least = (values: Float64Array): number => values.reduce((a, b) => Math.min(a, b), Infinity);
