import { type Matrix, matrix, zeros64 } from '../../../core/matrix.ts';
import { qr } from '../../../numerics/decompositions/qr.ts';
import { chiSquaredQuantile } from '../../../numerics/laws/gamma.ts';
import { quadraticProgram } from '../../../numerics/solvers/quadratic-program.ts';
import { LEVEL } from '../../../numerics/statistics/intervals.ts';
import type { Eigenmoments } from './eigenmoments.ts';
import { block } from './scatter.ts';

/** √x ≈ Σ g_p xᵖ on [0, 1], p = 1 … P. */
export interface RootPolynomial {
  readonly g: Float64Array;
  /** The largest |√x − Σ g_p xᵖ|. */
  readonly error: number;
}

/** A 95 % interval of ‖Σ_ab‖_∗/√(tr Σ_aa · tr Σ_bb), whatever the spectrum. */
export interface MomentInterval {
  readonly low: number;
  readonly high: number;
}

/** Points of [0, 1], crowded at 0 where the root is steep; the finer ones check. */
const POINTS = 240;
const FINE = 4000;
const MOST_ROUNDS = 15;
/** What the finer points may add to an error, as a share of it. */
const BETWEEN = 1e-3;
/** Keeps coefficients small that neither moments nor variance hold. */
const RIDGE = 1e-7;

const crowded = (count: number) =>
  Float64Array.from({ length: count }, (_, i) => ((i + 1) / count) ** 4);

interface Basis {
  /** POINTS × P polynomials without constant, orthonormal on the points; c ↦ T c has powers of x. */
  readonly values: Matrix<Float64Array>;
  readonly toPowers: Matrix<Float64Array>;
  readonly roots: Float64Array;
}

const bases = new Map<number, Basis>();

function basisOf(degree: number): Basis {
  const known = bases.get(degree);
  if (known) return known;
  const x = crowded(POINTS);
  const powers = zeros64(POINTS, degree);
  for (let i = 0; i < POINTS; i++)
    for (let p = 0; p < degree; p++)
      powers.data[i * degree + p] = x[i] ** (p + 1) / Math.sqrt(POINTS);
  const { q, r } = qr(powers);
  const values = matrix(
    q.data.map((value) => value * Math.sqrt(POINTS)),
    POINTS,
    degree,
  );
  const basis = { values, toPowers: inverseOfUpper(r), roots: x.map(Math.sqrt) };
  bases.set(degree, basis);
  return basis;
}

/**
 * The paper's quadratic programme: the coefficients for which variance plus squared bias is least,
 *
 *     gᵀ C g + (N u t)² → min,   |√x − Σ g_p xᵖ| ≤ t on [0, 1],   N u t ≤ maxBias
 *
 * C the covariance of the moments, N directions, u what one adds at most. Where no polynomial of the degree is
 * that good, the one of least greatest error.
 */
export function rootPolynomial(
  { covariance, unit }: Pick<Eigenmoments, 'covariance' | 'unit'>,
  directions: number,
  maxBias: number,
): RootPolynomial {
  const degree = covariance.rows;
  const basis = basisOf(degree);
  const best = fitted(basis, { error: 1 });
  const most = maxBias / (directions * unit);
  if (best.error >= most) return best;
  const within = fitted(basis, {
    variance: inBasis(covariance, basis),
    perError: directions * unit,
    most: most * (1 - BETWEEN),
  });
  return within.error > most ? best : within;
}

interface Goal {
  /** Weight of t by itself: the least greatest error is sought. */
  readonly error?: number;
  readonly variance?: Matrix<Float64Array>;
  readonly perError?: number;
  readonly most?: number;
}

/** Over the coefficients and t. */
function fitted(basis: Basis, { error = 0, variance, perError = 0, most }: Goal): RootPolynomial {
  const { values, roots } = basis;
  const [m, degree] = [values.rows, values.cols];
  const k = degree + 1;
  const rows = zeros64(2 * m + (most === undefined ? 0 : 1), k);
  const bounds = new Float64Array(rows.rows);
  for (let i = 0; i < m; i++) {
    for (let p = 0; p < degree; p++) {
      rows.data[i * k + p] = values.data[i * degree + p];
      rows.data[(m + i) * k + p] = -values.data[i * degree + p];
    }
    rows.data[i * k + degree] = -1;
    rows.data[(m + i) * k + degree] = -1;
    bounds[i] = roots[i];
    bounds[m + i] = -roots[i];
  }
  if (most !== undefined) {
    rows.data[2 * m * k + degree] = 1;
    bounds[2 * m] = most;
  }
  const linear = new Float64Array(k);
  linear[degree] = error;
  const quadratic = zeros64(k, k);
  if (variance) {
    for (let p = 0; p < degree; p++)
      for (let q = 0; q < degree; q++) quadratic.data[p * k + q] = variance.data[p * degree + q];
    quadratic.data[k * k - 1] = perError ** 2;
    scaleInPlace(quadratic, 1 / largestOf(quadratic));
  }
  const { x } = quadraticProgram({ quadratic, linear, rows, bounds });
  const g = timesVector(basis.toPowers, x.subarray(0, degree));
  return { g, error: worstMiss(g) };
}

/**
 * The ends of the interval are estimates of two numbers between which the truth lies, whatever the spectrum: by a
 * polynomial below the root, q(x) ≤ √x on [0, 1], and by one above, q₀ + q(x) ≥ √x, with the constant N times:
 *
 *     low = max_q Σ q_p m_p − z √(qᵀCq),   high = min_q N u q₀ + Σ q_p m_p + z √(qᵀCq)
 *
 * As the moments that choose q are the same that it is applied to, z is Scheffé's for P numbers at once,
 * z² the 95 % point of χ²_P; that holds for all degrees up to P, and the narrowest ends count.
 */
export function momentInterval(moments: Eigenmoments, directions: number): MomentInterval {
  const most = moments.values.length;
  const z = Math.sqrt(chiSquaredQuantile(most, LEVEL));
  let [below, above] = [0, 1];
  for (let degree = 1; degree <= most; degree++) {
    const some = firstMoments(moments, degree);
    below = Math.max(below, endBelow(some, z));
    above = Math.min(above, endAbove(some, directions, z));
  }
  // Moments that noise makes contradict one another may exchange them.
  return {
    low: Math.max(0, Math.min(below, above)),
    high: Math.min(1, Math.max(below, above)),
  };
}

export function firstMoments(moments: Eigenmoments, degree: number): Eigenmoments {
  const { values, covariance } = moments;
  if (degree === values.length) return moments;
  return {
    ...moments,
    values: values.slice(0, degree),
    covariance: block(covariance, 0, 0, degree, degree),
  };
}

function endBelow(moments: Eigenmoments, z: number): number {
  const { basis, inner, variance } = inOwnBasis(moments);
  const degree = inner.length;
  const x = leastBound(
    inner.map((value) => -value),
    variance,
    { rows: basis.values, bounds: basis.roots },
    z,
  );
  const g = timesVector(basis.toPowers, x);
  const share = shareBelow(g);
  const mean = dot(x, inner);
  return share * (mean - z * Math.sqrt(squareOf(variance, x, degree)));
}

function endAbove(moments: Eigenmoments, directions: number, z: number): number {
  const { basis, inner, variance } = inOwnBasis(moments);
  const degree = inner.length;
  const k = degree + 1;
  const m = basis.values.rows;
  const rows = zeros64(m + 1, k);
  const bounds = new Float64Array(m + 1);
  for (let i = 0; i < m; i++) {
    for (let p = 0; p < degree; p++) rows.data[i * k + p] = -basis.values.data[i * degree + p];
    rows.data[i * k + degree] = -1;
    bounds[i] = -basis.roots[i];
  }
  rows.data[m * k + degree] = -1;
  const wide = zeros64(k, k);
  for (let p = 0; p < degree; p++)
    for (let q = 0; q < degree; q++) wide.data[p * k + q] = variance.data[p * degree + q];
  const perConstant = directions * moments.unit;
  const x = leastBound([...inner, perConstant], wide, { rows, bounds }, z);
  const own = x.subarray(0, degree);
  const constant = constantAbove(timesVector(basis.toPowers, own));
  return perConstant * constant + dot(own, inner) + z * Math.sqrt(squareOf(variance, own, degree));
}

/** The x with linear·x + z√(xᵀVx) least: by z√v ≤ z(v/t + t)/2, equal at t = √v, a quadratic programme a round. */
function leastBound(
  linear: ArrayLike<number>,
  variance: Matrix<Float64Array>,
  limits: { readonly rows: Matrix<Float64Array>; readonly bounds: Float64Array },
  z: number,
): Float64Array {
  const k = linear.length;
  // Cosines lie in [0, 1]: a standard error of a twentieth is a middling one to start from.
  let spread = 0.05;
  let x = new Float64Array(k);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const quadratic = zeros64(k, k);
    for (let i = 0; i < k * k; i++) quadratic.data[i] = (z * variance.data[i]) / spread;
    const size = Math.max(largestOf(quadratic), ...Array.from(linear, Math.abs));
    scaleInPlace(quadratic, 1 / size);
    for (let i = 0; i < k; i++) quadratic.data[i * k + i] += RIDGE;
    const scaled = Array.from(linear, (value) => value / size);
    x = Float64Array.from(quadraticProgram({ quadratic, linear: scaled, ...limits }).x);
    const next = Math.max(1e-4, Math.sqrt(squareOf(variance, x, k)));
    if (Math.abs(next - spread) < 0.02 * spread) break;
    spread = next;
  }
  return x;
}

/** The moments as means of the orthonormal polynomials. */
function inOwnBasis({ values, covariance }: Eigenmoments) {
  const basis = basisOf(values.length);
  const inner = timesVector(transposedOf(basis.toPowers), values);
  return { basis, inner, variance: inBasis(covariance, basis) };
}

function inBasis(covariance: Matrix<Float64Array>, { toPowers }: Basis): Matrix<Float64Array> {
  const turn = transposedOf(toPowers);
  const half = columnsOf(covariance, turn);
  return columnsOf(half, turn);
}

/** (T M)ᵀ: twice over, T M Tᵀ of a symmetric M. */
function columnsOf(m: Matrix<Float64Array>, turn: Matrix<Float64Array>): Matrix<Float64Array> {
  const k = m.rows;
  const out = zeros64(k, k);
  for (let i = 0; i < k; i++)
    for (let j = 0; j < k; j++)
      for (let c = 0; c < k; c++) out.data[j * k + i] += turn.data[i * k + c] * m.data[c * k + j];
  return out;
}

const FINE_POINTS = /* @__PURE__ */ crowded(FINE);

function valueAt(g: ArrayLike<number>, x: number): number {
  let value = 0;
  for (let p = g.length - 1; p >= 0; p--) value = (value + g[p]) * x;
  return value;
}

function worstMiss(g: Float64Array): number {
  let worst = 0;
  for (const x of FINE_POINTS) worst = Math.max(worst, Math.abs(Math.sqrt(x) - valueAt(g, x)));
  return worst;
}

/** The largest share of the polynomial, 1 at most, that stays below the root. */
function shareBelow(g: Float64Array): number {
  let share = 1;
  for (const x of FINE_POINTS) {
    const value = valueAt(g, x);
    if (value > 0) share = Math.min(share, Math.sqrt(x) / value);
  }
  return share;
}

/** The least constant that lifts the polynomial above the root. */
function constantAbove(g: Float64Array): number {
  let lift = 0;
  for (const x of FINE_POINTS) lift = Math.max(lift, Math.sqrt(x) - valueAt(g, x));
  return lift;
}

/** √(gᵀCg): the standard error of Σ g_p m_p. */
export function errorOf({ covariance }: Pick<Eigenmoments, 'covariance'>, g: Float64Array): number {
  return Math.sqrt(squareOf(covariance, g, g.length));
}

function squareOf({ data, cols }: Matrix, x: Float64Array, k: number): number {
  let sum = 0;
  for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) sum += x[i] * x[j] * data[i * cols + j];
  return Math.max(0, sum);
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i];
  return sum;
}

function timesVector({ data, rows, cols }: Matrix, x: Float64Array): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < cols; j++) sum += data[i * cols + j] * x[j];
    return sum;
  });
}

function transposedOf({ data, rows, cols }: Matrix): Matrix<Float64Array> {
  const out = zeros64(cols, rows);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < cols; j++) out.data[j * rows + i] = data[i * cols + j];
  return out;
}

function inverseOfUpper(r: Matrix): Matrix<Float64Array> {
  const k = r.rows;
  const out = zeros64(k, k);
  for (let c = 0; c < k; c++) {
    for (let i = c; i >= 0; i--) {
      let sum = i === c ? 1 : 0;
      for (let j = i + 1; j <= c; j++) sum -= r.data[i * k + j] * out.data[j * k + c];
      out.data[i * k + c] = sum / r.data[i * k + i];
    }
  }
  return out;
}

function largestOf({ data }: Matrix): number {
  let most = 0;
  for (let i = 0; i < data.length; i++) most = Math.max(most, Math.abs(data[i]));
  return most || 1;
}

function scaleInPlace({ data }: Matrix, by: number): void {
  for (let i = 0; i < data.length; i++) data[i] *= by;
}
