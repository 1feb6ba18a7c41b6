import { ShapeError } from '../../core/errors.ts';
import { type Matrix, zeros64 } from '../../core/matrix.ts';

/** ½ xᵀQx + cᵀx → min, where Ax ≤ h: Q k × k symmetric and positive semidefinite, A m × k. */
export interface QuadraticProgram {
  /** Left out: a linear program. */
  readonly quadratic?: Matrix<Float64Array>;
  readonly linear: ArrayLike<number>;
  readonly rows: Matrix<Float64Array>;
  readonly bounds: ArrayLike<number>;
}

export interface QuadraticSolution {
  /** k numbers; Ax < h but for rounding where the gap is small. */
  readonly x: Float64Array;
  /** sᵀz, slack times multiplier: how far the objective may be from the least one. */
  readonly gap: number;
  /** The largest amount by which a constraint is not met. */
  readonly violation: number;
}

const STEPS = 80;
const TOLERANCE = 1e-10;
/** Of the way to the boundary. */
const SHARE = 0.99;

/**
 * A convex quadratic program of few variables and any number of constraints.
 *
 * Mehrotra's primal-dual interior point: two solves with the k × k matrix Q + Aᵀ diag(z/s) A a step,
 * O(mk²), and 10 to 40 steps. Stops where the residuals and the mean gap are below 1e-10, after 80 steps, or
 * where the matrix is no longer positive definite to working accuracy; `gap` and `violation` say how
 * good the point is. Numbers should be of the order of 1: the caller scales.
 */
export function quadraticProgram(program: QuadraticProgram): QuadraticSolution {
  const { linear, rows: a, bounds } = program;
  const [k, m] = [linear.length, bounds.length];
  if (a.rows !== m || a.cols !== k)
    throw new ShapeError('quadraticProgram', `rows ${m} × ${k}`, `${a.rows} × ${a.cols}`);
  const q = program.quadratic ?? zeros64(k, k);
  const x = new Float64Array(k);
  const slack = Float64Array.from({ length: m }, (_, i) => Math.max(1, bounds[i]));
  const dual = new Float64Array(m).fill(1);
  for (let step = 0; step < STEPS; step++) {
    const forDual = dualResidual(q, linear, a, x, dual);
    const forPrimal = primalResidual(a, bounds, x, slack);
    const mean = dot(slack, dual) / m;
    if (Math.max(largest(forDual), largest(forPrimal), mean) < TOLERANCE) break;
    const factor = factored(q, a, slack, dual);
    if (!factor) break;
    const move = (complement: Float64Array) =>
      direction({ a, slack, dual, forDual, forPrimal, complement }, factor, k);
    const products = slack.map((s, i) => s * dual[i]);
    const affine = move(products);
    const ahead = Math.min(reach(slack, affine.slack), reach(dual, affine.dual));
    let reached = 0;
    for (let i = 0; i < m; i++)
      reached += (slack[i] + ahead * affine.slack[i]) * (dual[i] + ahead * affine.dual[i]);
    const target = mean * (reached / m / mean) ** 3;
    const way = move(products.map((s, i) => s + affine.slack[i] * affine.dual[i] - target));
    const length = SHARE * Math.min(reach(slack, way.slack), reach(dual, way.dual));
    if (!Number.isFinite(length)) break;
    advance(x, way.x, length);
    advance(slack, way.slack, length);
    advance(dual, way.dual, length);
  }
  return { x, gap: dot(slack, dual), violation: violationOf(a, bounds, x) };
}

/** Qx + c + Aᵀz. */
function dualResidual(
  q: Matrix,
  linear: ArrayLike<number>,
  a: Matrix,
  x: Float64Array,
  dual: Float64Array,
): Float64Array {
  const k = x.length;
  const out = Float64Array.from(linear);
  for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) out[i] += q.data[i * k + j] * x[j];
  for (let r = 0; r < a.rows; r++)
    for (let j = 0; j < k; j++) out[j] += a.data[r * k + j] * dual[r];
  return out;
}

/** Ax + s − h. */
function primalResidual(
  a: Matrix,
  bounds: ArrayLike<number>,
  x: Float64Array,
  slack: Float64Array,
): Float64Array {
  return slack.map((s, r) => rowTimes(a, r, x) + s - bounds[r]);
}

function violationOf(a: Matrix, bounds: ArrayLike<number>, x: Float64Array): number {
  let worst = 0;
  for (let r = 0; r < a.rows; r++) worst = Math.max(worst, rowTimes(a, r, x) - bounds[r]);
  return worst;
}

interface Residuals {
  readonly a: Matrix;
  readonly slack: Float64Array;
  readonly dual: Float64Array;
  readonly forDual: Float64Array;
  readonly forPrimal: Float64Array;
  /** What s∘z is to lose. */
  readonly complement: Float64Array;
}

function direction(
  { a, slack, dual, forDual, forPrimal, complement }: Residuals,
  factor: Float64Array,
  k: number,
) {
  const x = forDual.map((value) => -value);
  for (let r = 0; r < a.rows; r++) {
    const pull = (complement[r] - dual[r] * forPrimal[r]) / slack[r];
    for (let j = 0; j < k; j++) x[j] += a.data[r * k + j] * pull;
  }
  solveInPlace(factor, x);
  const ofSlack = forPrimal.map((value, r) => -value - rowTimes(a, r, x));
  const ofDual = complement.map((value, r) => (-value - dual[r] * ofSlack[r]) / slack[r]);
  return { x, slack: ofSlack, dual: ofDual };
}

/** The Cholesky factor of Q + Aᵀ diag(z/s) A; nothing where that is not positive definite. */
function factored(
  q: Matrix,
  a: Matrix,
  slack: Float64Array,
  dual: Float64Array,
): Float64Array | undefined {
  const k = a.cols;
  const l = Float64Array.from(q.data);
  for (let r = 0; r < a.rows; r++) {
    const weight = dual[r] / slack[r];
    for (let i = 0; i < k; i++) {
      const w = weight * a.data[r * k + i];
      for (let j = 0; j <= i; j++) l[i * k + j] += w * a.data[r * k + j];
    }
  }
  for (let i = 0; i < k; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = l[i * k + j];
      for (let c = 0; c < j; c++) sum -= l[i * k + c] * l[j * k + c];
      if (i > j) l[i * k + j] = sum / l[j * k + j];
      else if (sum > 0) l[i * k + i] = Math.sqrt(sum);
      else return undefined;
    }
  }
  return l;
}

/** x ← (LLᵀ)⁻¹x. */
function solveInPlace(l: Float64Array, x: Float64Array): void {
  const k = x.length;
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < i; j++) x[i] -= l[i * k + j] * x[j];
    x[i] /= l[i * k + i];
  }
  for (let i = k - 1; i >= 0; i--) {
    for (let j = i + 1; j < k; j++) x[i] -= l[j * k + i] * x[j];
    x[i] /= l[i * k + i];
  }
}

/** The longest step, 1 at most, that keeps all values ≥ 0. */
function reach(values: Float64Array, change: Float64Array): number {
  let length = 1;
  for (let i = 0; i < values.length; i++)
    if (change[i] < 0) length = Math.min(length, -values[i] / change[i]);
  return length;
}

function advance(values: Float64Array, change: Float64Array, length: number): void {
  for (let i = 0; i < values.length; i++) values[i] += length * change[i];
}

function rowTimes({ data, cols }: Matrix, r: number, x: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < cols; j++) sum += data[r * cols + j] * x[j];
  return sum;
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i];
  return sum;
}

function largest(x: Float64Array): number {
  let most = 0;
  for (let i = 0; i < x.length; i++) most = Math.max(most, Math.abs(x[i]));
  return most;
}
