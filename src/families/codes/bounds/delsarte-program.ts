import type { Highs } from 'highs';
import type { Watch } from '../solver/watch.ts';
import type { Dual } from './delsarte-certificate.ts';

type Loader = () => Promise<Highs>;

let loading: Promise<Highs> | undefined;

/** The solver, loaded once and only when a linear program is asked for. */
export const loadedSolver = (): Promise<Highs> => {
  // The types of the package are those of its CommonJS build, whose import is the loader itself.
  loading ??= import('highs').then((module) => (module.default as unknown as Loader)());
  return loading;
};

/** How many times as dense constraints become with each round; a lone maximum would halve the gap. */
const SHARPER = 8;
const SIDES = [-4, -3, -2, -1, 0, 1, 2, 3, 4];

/** A polynomial that rises above 0 by less than `tolerance` is taken; a proof subtracts the excess. */
export type DualSolver = (s: number, tolerance: number) => Promise<Dual | undefined>;

/**
 * Solves, for one s after another, min Σ f_k over f_k ≥ 0 with 1 + Σ f_k P_k(t) ≤ 0 on [−1, s].
 *
 * The constraints are put at finitely many t; around every local maximum of the solution that rises
 * above 0 they become SHARPER times as dense, until none is left. The last are kept for the next s, in
 * proportion to the interval.
 */
export function dualSolver(highs: Highs, d: number, degree: number, watch?: Watch): DualSolver {
  const scales = harmonicScales(d, degree);
  const uniform = Array.from({ length: 3 * degree + 1 }, (_, i) => i / (3 * degree));
  let kept: number[] = [];
  return async (s, tolerance) => {
    const end = Math.acos(s);
    let shares = [...uniform, ...kept];
    let added: number[] = [];
    let worst = Infinity;
    let spacing = 1 / (3 * degree);
    for (;;) {
      await watch?.checkpoint();
      const points = shares.map((share) =>
        share === 0 ? s : Math.cos(end + (Math.PI - end) * share),
      );
      const coefficients = optimum(highs, d, points, scales);
      if (!coefficients) return undefined;
      const dual = { d, s, coefficients };
      const peaks = positivePeaks(dual);
      const highest = Math.max(0, ...peaks.map((t) => valueAt(t, d, coefficients)));
      // Once a round no longer halves it, what is left is the solver's own tolerance.
      if (highest < tolerance || highest > worst / 2) {
        if (added.length > 0) kept = added;
        return dual;
      }
      worst = highest;
      spacing /= SHARPER;
      added = peaks.flatMap((t) => {
        const share = (Math.acos(t) - end) / (Math.PI - end);
        return SIDES.map((side) => Math.max(0, Math.min(1, share + side * spacing)));
      });
      shares = [...shares, ...added];
    }
  };
}

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

/** f₀ = 1, f₁ … of the program with its constraints at `points`; undefined if the solver gives up. */
function optimum(
  highs: Highs,
  d: number,
  points: readonly number[],
  scales: Float64Array,
): Float64Array | undefined {
  const degree = scales.length;
  const rows = points.length;
  const values = new Float64Array(rows * degree);
  const upper = new Float64Array(rows);
  const polynomials = new Float64Array(degree + 1);
  for (const [i, t] of points.entries()) {
    gegenbauer(t, d, polynomials);
    let largest = 1;
    for (let k = 0; k < degree; k++) {
      values[i * degree + k] = polynomials[k + 1] * scales[k];
      largest = Math.max(largest, Math.abs(values[i * degree + k]));
    }
    for (let k = 0; k < degree; k++) values[i * degree + k] /= largest;
    upper[i] = -1 / largest;
  }
  const model = highs.createModel({
    numCols: degree,
    numRows: rows,
    sense: highs.constants.objectiveSense.minimize,
    colCost: scales,
    colLower: new Float64Array(degree),
    colUpper: new Float64Array(degree).fill(highs.infinity),
    rowLower: new Float64Array(rows).fill(-highs.infinity),
    rowUpper: upper,
    matrix: {
      format: 'csr',
      numRows: rows,
      numCols: degree,
      starts: Array.from({ length: rows + 1 }, (_, i) => i * degree),
      indices: Array.from({ length: rows * degree }, (_, i) => i % degree),
      values,
    },
  });
  try {
    model.options.set({
      output_flag: false,
      primal_feasibility_tolerance: 1e-10,
      dual_feasibility_tolerance: 1e-10,
    });
    model.run();
    if (model.getModelStatus() !== highs.constants.modelStatus.optimal) return undefined;
    const { colValue } = model.getSolution();
    return Float64Array.from([1, ...Array.from(colValue, (g, k) => Math.max(0, g * scales[k]))]);
  } finally {
    model.dispose();
  }
}

/** P_0(t) … P_K(t) of dimension d, P_k(1) = 1, into `out`. */
function gegenbauer(t: number, d: number, out: Float64Array): void {
  out[0] = 1;
  out[1] = t;
  for (let k = 1; k < out.length - 1; k++) {
    out[k + 1] = ((2 * k + d - 2) * t * out[k] - k * out[k - 1]) / (k + d - 2);
  }
}

/** Where the polynomial has a local maximum above 0 on [−1, s]: zeros of its derivative, by bisection. */
function positivePeaks({ d, s, coefficients }: Dual): number[] {
  const steps = 40 * (coefficients.length - 1);
  const end = Math.acos(s);
  const point = (i: number) => Math.cos(end + ((Math.PI - end) * i) / steps);
  const peaks: number[] = [];
  let right = point(0);
  for (let i = 1; i <= steps; i++) {
    const left = point(i);
    if (slope(left, d, coefficients) > 0 && slope(right, d, coefficients) <= 0) {
      let [low, high] = [left, right];
      for (let step = 0; step < 50; step++) {
        const middle = (low + high) / 2;
        if (slope(middle, d, coefficients) > 0) low = middle;
        else high = middle;
      }
      if (valueAt(low, d, coefficients) > 0) peaks.push(low);
    }
    right = left;
  }
  return peaks;
}

function valueAt(t: number, d: number, coefficients: ArrayLike<number>): number {
  const polynomials = new Float64Array(coefficients.length);
  gegenbauer(t, d, polynomials);
  let sum = 0;
  for (let k = 0; k < coefficients.length; k++) sum += coefficients[k] * polynomials[k];
  return sum;
}

/** The derivative of Σ f_k P_k at t. */
function slope(t: number, d: number, coefficients: ArrayLike<number>): number {
  let [before, current] = [1, t];
  let [slopeBefore, slopeCurrent] = [0, 1];
  let sum = coefficients[1] ?? 0;
  for (let k = 1; k < coefficients.length - 1; k++) {
    const a = (2 * k + d - 2) / (k + d - 2);
    const b = k / (k + d - 2);
    const next = a * t * current - b * before;
    const slopeNext = a * (current + t * slopeCurrent) - b * slopeBefore;
    [before, current, slopeBefore, slopeCurrent] = [current, next, slopeCurrent, slopeNext];
    sum += coefficients[k + 1] * slopeCurrent;
  }
  return sum;
}
