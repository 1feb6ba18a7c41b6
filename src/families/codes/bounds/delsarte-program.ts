import { type LinearSystem, linearSystem } from '../../../numerics/solvers/linear-system.ts';
import type { Watch } from '../solver/watch.ts';
import type { Dual } from './delsarte-certificate.ts';

/** A polynomial that rises above 0 by less than `tolerance` is taken; a proof subtracts the excess. */
export type DualSolver = (s: number, tolerance: number) => Promise<Dual | undefined>;

/** Places at which the polynomial is looked at, for each degree. */
const GRID = 40;
const MOST_EXCHANGES = 2000;
/** Exchanges without gain after which what is left is rounding. */
const PATIENCE = 40;
/** A pivot smaller than this beside the largest is none. */
const SMALLEST_PIVOT = 1e-9;

/** A column of the program: a place t of the sphere's cosines, or the slack of a degree. */
type Basic = { readonly t: number } | { readonly slack: number };

/**
 * Solves, for one s after another, min Σ f_k over f_k ≥ 0 with 1 + Σ f_k P_k(t) ≤ 0 on [−1, s].
 *
 * The simplex method on the dual, max Σ w_t over w ≥ 0 with −Σ w_t P_k(t) ≤ 1 for k = 1 … K: its
 * columns are the places t of the whole interval, and the one that enters is where the polynomial
 * rises highest above 0. The slacks are a feasible start, and no grid of constraints is ever built.
 * Rows are scaled by √h_k, the dimension of the harmonics of degree k, so that all are of one size.
 */
export function dualSolver(d: number, degree: number, watch?: Watch): DualSolver {
  const scales = harmonicScales(d, degree);
  return async (s, tolerance) => {
    const grid = gridOf(s, d, degree);
    const basis: Basic[] = Array.from(scales, (_, slack) => ({ slack }));
    let best: Dual | undefined;
    let least = Infinity;
    let idle = 0;
    for (let turn = 0; turn < MOST_EXCHANGES && idle < PATIENCE; turn++) {
      await watch?.checkpoint();
      const system = linearSystem(basis.map((basic) => columnOf(basic, d, scales)));
      if (!system) break;
      const prices = system.transposedSolution(basis.map((basic) => ('t' in basic ? 1 : 0)));
      const dual = { d, s, coefficients: [1, ...prices.map((y, k) => y * scales[k])] };
      const entering = bestColumn(dual, prices, grid);
      const bound = boundOf(clipped(dual), Math.max(entering.gain, 0));
      if (bound < least) {
        idle = bound < least * (1 - 1e-12) ? 0 : idle + 1;
        least = bound;
        best = clipped(dual);
      } else if (best) idle++;
      if (entering.gain < tolerance) break;
      const leaving = leavingRow(system, columnOf(entering.basic, d, scales), scales);
      if (leaving === undefined) break;
      basis[leaving] = entering.basic;
    }
    return best;
  };
}

/** What a polynomial proves that rises above 0 by δ: (f(1) − δ)/(f₀ − δ). */
function boundOf({ coefficients }: Dual, excess: number): number {
  if (excess > 1e-3) return Infinity;
  let sum = 0;
  for (let k = 0; k < coefficients.length; k++) sum += coefficients[k];
  return (sum - excess) / (1 - excess);
}

const clipped = ({ d, s, coefficients }: Dual): Dual => ({
  d,
  s,
  coefficients: Float64Array.from(coefficients, (f) => Math.max(0, f)),
});

/** √(dimension of the harmonics of degree k), k = 1 … degree: unknowns g_k = f_k/√h_k are of one size. */
function harmonicScales(d: number, degree: number): Float64Array {
  const out = new Float64Array(degree);
  let count = 1;
  for (let k = 1; k <= degree; k++) {
    // h_k = C(k+d−1, k) − C(k+d−3, k−2) = C(k+d−3, k−1) · (2k + d − 2)/k.
    out[k - 1] = Math.sqrt((count * (2 * k + d - 2)) / k);
    count *= (k + d - 2) / k;
  }
  return out;
}

/** The coefficients of a column, row k scaled by √h_k: −√h_k P_k(t), or 1 in the slack's own row. */
function columnOf(basic: Basic, d: number, scales: Float64Array): Float64Array {
  const out = new Float64Array(scales.length);
  if ('slack' in basic) {
    out[basic.slack] = 1;
    return out;
  }
  const polynomials = new Float64Array(scales.length + 1);
  gegenbauer(basic.t, d, polynomials);
  for (let k = 0; k < out.length; k++) out[k] = -polynomials[k + 1] * scales[k];
  return out;
}

/** Places of [−1, s] from s down, evenly spaced in angle, with the derivative of every polynomial there. */
interface Grid {
  readonly t: Float64Array;
  /** One row of degree + 1 derivatives a place. */
  readonly slopes: Float64Array;
}

function gridOf(s: number, d: number, degree: number): Grid {
  const steps = GRID * degree;
  const end = Math.acos(s);
  const t = Float64Array.from({ length: steps + 1 }, (_, i) =>
    i === 0 ? s : Math.cos(end + ((Math.PI - end) * i) / steps),
  );
  const width = degree + 1;
  const slopes = new Float64Array(t.length * width);
  const values = new Float64Array(width);
  for (const [i, place] of t.entries()) {
    gegenbauer(place, d, values);
    derivatives(place, d, values, slopes.subarray(i * width, (i + 1) * width));
  }
  return { t, slopes };
}

/** The column that gains most: the highest rise of the polynomial, or a degree with a price below 0. */
function bestColumn(dual: Dual, prices: Float64Array, grid: Grid): { basic: Basic; gain: number } {
  let best: { basic: Basic; gain: number } = { basic: { t: dual.s }, gain: -Infinity };
  for (const t of [dual.s, -1, ...peaks(dual, grid)]) {
    const gain = valueAt(t, dual);
    if (gain > best.gain) best = { basic: { t }, gain };
  }
  for (let slack = 0; slack < prices.length; slack++) {
    if (-prices[slack] > best.gain) best = { basic: { slack }, gain: -prices[slack] };
  }
  return best;
}

/** Where the polynomial has a local maximum: zeros of its derivative, by bisection. */
function peaks(dual: Dual, { t, slopes }: Grid): number[] {
  const { coefficients } = dual;
  const width = coefficients.length;
  const slopeAt = (i: number): number => {
    let sum = 0;
    for (let k = 1; k < width; k++) sum += coefficients[k] * slopes[i * width + k];
    return sum;
  };
  const found: number[] = [];
  let right = slopeAt(0);
  for (let i = 1; i < t.length; i++) {
    const left = slopeAt(i);
    if (left > 0 && right <= 0) found.push(peakBetween(dual, t[i], t[i - 1]));
    right = left;
  }
  return found;
}

function peakBetween(dual: Dual, left: number, right: number): number {
  let [low, high] = [left, right];
  const width = dual.coefficients.length;
  const values = new Float64Array(width);
  const slopes = new Float64Array(width);
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    gegenbauer(middle, dual.d, values);
    derivatives(middle, dual.d, values, slopes);
    let slope = 0;
    for (let k = 1; k < width; k++) slope += dual.coefficients[k] * slopes[k];
    if (slope > 0) low = middle;
    else high = middle;
  }
  return low;
}

/** The row whose weight reaches 0 first when the column enters; undefined where none does. */
function leavingRow(
  system: LinearSystem,
  column: Float64Array,
  scales: Float64Array,
): number | undefined {
  const weights = system.solution(scales);
  const direction = system.solution(column);
  const least = SMALLEST_PIVOT * direction.reduce((most, x) => Math.max(most, x), 0);
  let leaving: number | undefined;
  let nearest = Infinity;
  for (let i = 0; i < weights.length; i++) {
    if (direction[i] <= least) continue;
    // Rounding leaves weights a little below 0.
    const ratio = Math.max(0, weights[i]) / direction[i];
    const isSafer = leaving !== undefined && direction[i] > direction[leaving];
    if (ratio < nearest * (1 - 1e-12) || (ratio <= nearest * (1 + 1e-12) && isSafer)) {
      leaving = i;
      nearest = ratio;
    }
  }
  return leaving;
}

/** P_0(t) … P_K(t) of dimension d, P_k(1) = 1, into `out`. */
function gegenbauer(t: number, d: number, out: Float64Array): void {
  out[0] = 1;
  out[1] = t;
  for (let k = 1; k < out.length - 1; k++) {
    out[k + 1] = ((2 * k + d - 2) * t * out[k] - k * out[k - 1]) / (k + d - 2);
  }
}

/** P′_0(t) … P′_K(t), from the values there. */
function derivatives(t: number, d: number, values: Float64Array, out: Float64Array): void {
  out[0] = 0;
  out[1] = 1;
  for (let k = 1; k < out.length - 1; k++) {
    out[k + 1] = ((2 * k + d - 2) * (values[k] + t * out[k]) - k * out[k - 1]) / (k + d - 2);
  }
}

function valueAt(t: number, { d, coefficients }: Dual): number {
  const polynomials = new Float64Array(coefficients.length);
  gegenbauer(t, d, polynomials);
  let sum = 0;
  for (let k = 0; k < coefficients.length; k++) sum += coefficients[k] * polynomials[k];
  return sum;
}
