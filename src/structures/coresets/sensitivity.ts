import { InternalError } from '../../core/errors.ts';
import { type Matrix, matrix, toFloat64, zeros64 } from '../../core/matrix.ts';
import { pow } from '../../core/numeric.ts';
import { cholesky, choleskySolve } from '../../numerics/decompositions/index.ts';
import { lewisWeights, orthonormalColumns, type ScoreTools } from './leverage.ts';

/** A score lies within this share of its upper bound. */
const GAP = 1e-3;
const ROUNDS = 200;
/** How soft the corner of |r|^p is at first, in mean residuals, and at last: soft corners converge, hard ones close the gap. */
const SOFTEST = 0.3;
const HARDEST = 1e-3;

/** What the regressions of all rows share. */
interface Regression {
  /** n × r, orthonormal columns. */
  readonly q: Matrix<Float64Array>;
  readonly p: number;
  /** Weights of the least squares that a regression starts from, n. */
  readonly start: Float64Array;
  /** Memory of a regression, n each: residuals, their change, first and second derivatives of their sizes. */
  readonly residuals: Float64Array;
  readonly change: Float64Array;
  readonly slopes: Float64Array;
  readonly curvatures: Float64Array;
}

/**
 * ℓ_p sensitivities sᵢ = max_x |aᵢx|^p/‖Ax‖_p^p, each within 0.1 % by its dual: 1/min ‖Ax‖_p^p over aᵢx = 1, by
 * reweighted least squares. O(n² d²) a round.
 */
export async function sensitivities(
  a: Matrix,
  p: number,
  { engine, work, run }: ScoreTools,
): Promise<Float64Array> {
  const q = toFloat64(await orthonormalColumns(a, { engine, work }));
  const n = q.rows;
  // From p = 4 on there are no Lewis weights at hand.
  const power = Math.min(p, 3);
  const lewis = await lewisWeights('sensitivity', a, power, { engine, work, run });
  const start = lewis.map((weight) => (weight > 0 ? pow(weight, 1 - 2 / power) : 0));
  const memory = () => new Float64Array(n);
  const regression = {
    q,
    p,
    start,
    residuals: memory(),
    change: memory(),
    slopes: memory(),
    curvatures: memory(),
  };
  const scores = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    await run.tick({ stage: 'sensitivity', done: i / n });
    if (lewis[i] > 0) scores[i] = sensitivityOf(i, regression);
  }
  return scores;
}

/**
 * Newton's steps for Σ (r² + ε²)^(p/2), r = Qx, over qᵢx = 1, with ε less after each whole step: each is a least
 * squares with the second derivatives as weights.
 */
function sensitivityOf(i: number, regression: Regression): number {
  const { q, p, start, residuals } = regression;
  const r = q.cols;
  const own = matrix(q.data.slice(i * r, (i + 1) * r), r, 1);
  const first = choleskySolve(cholesky(weightedProducts(q, start)), own).data;
  const along = dot(own.data, first);
  combined(q, first, 1 / along, residuals);
  let softness = SOFTEST;
  for (let round = 0; round < ROUNDS; round++) {
    const size = sizeOf(residuals, residuals, 0, 0, p);
    const square = (softness * power(size / q.rows, 1 / p)) ** 2;
    differentiate(regression, square);
    // 1/‖Qx‖^p is attained.
    if (power(dualBound(own.data, regression), p) * (1 + GAP) >= size) return 1 / size;
    if (step(own, regression, square)) softness = Math.max(HARDEST, 0.5 * softness);
  }
  throw new InternalError('coreset', `the regression of row ${i} at p = ${p} did not end.`);
}

/** Moves the residuals; says whether by a whole step. */
function step(own: Matrix<Float64Array>, regression: Regression, square: number): boolean {
  const { q, p, residuals, change, slopes, curvatures } = regression;
  const factor = cholesky(weightedProducts(q, curvatures));
  const toward = choleskySolve(factor, own).data;
  const downhill = choleskySolve(factor, matrix(moments(q, slopes), q.cols, 1)).data;
  const multiplier = dot(own.data, downhill) / dot(own.data, toward);
  const move = downhill.map((x, c) => multiplier * toward[c] - x);
  combined(q, move, 1, change);
  // Rounding alone is no growth.
  const before = sizeOf(residuals, change, 0, square, p) * (1 + 1e-12);
  let length = 1;
  while (length > 1e-9 && sizeOf(residuals, change, length, square, p) > before) length /= 2;
  for (let k = 0; k < residuals.length; k++) residuals[k] += length * change[k];
  return length === 1;
}

/**
 * A size below which no ‖Qx‖_p with qᵢx = 1 lies: λ/‖u‖_{p/(p−1)} of any u with Qᵀu = λqᵢ; here the slopes, less what
 * keeps them from that.
 */
function dualBound(own: Float64Array, { q, p, slopes, change }: Regression): number {
  const off = moments(q, slopes);
  const lambda = dot(off, own) / dot(own, own);
  for (let c = 0; c < off.length; c++) off[c] -= lambda * own[c];
  combined(q, off, 1, change);
  const dual = p / (p - 1);
  let [sum, largest] = [0, 0];
  for (let k = 0; k < slopes.length; k++) {
    const u = Math.abs(slopes[k] - change[k]);
    if (p === 1) largest = Math.max(largest, u);
    else sum += power(u, dual);
  }
  return lambda / (p === 1 ? largest : power(sum, 1 / dual));
}

/** First and second derivatives of (r² + ε²)^(p/2)/p. */
function differentiate({ residuals, slopes, curvatures, p }: Regression, square: number): void {
  for (let k = 0; k < residuals.length; k++) {
    const r = residuals[k];
    const soft = r * r + square;
    const slope = power(soft, p / 2) / soft;
    slopes[k] = slope * r;
    curvatures[k] = (slope * (square + (p - 1) * r * r)) / soft;
  }
}

/** Σ ((r + length·change)² + ε²)^(p/2). */
function sizeOf(
  r: Float64Array,
  change: Float64Array,
  length: number,
  square: number,
  p: number,
): number {
  let sum = 0;
  for (let k = 0; k < r.length; k++) sum += power((r[k] + length * change[k]) ** 2 + square, p / 2);
  return sum;
}

/** QᵀΩQ, r × r. */
function weightedProducts({ data, rows: n, cols: r }: Matrix<Float64Array>, weights: Float64Array) {
  const out = zeros64(r, r);
  const sums = out.data;
  for (let i = 0; i < n; i++) {
    const at = i * r;
    for (let a = 0; a < r; a++) {
      const x = weights[i] * data[at + a];
      for (let b = 0; b <= a; b++) sums[a * r + b] += x * data[at + b];
    }
  }
  for (let a = 0; a < r; a++) for (let b = 0; b < a; b++) sums[b * r + a] = sums[a * r + b];
  return out;
}

/** Qᵀu. */
function moments({ data, rows: n, cols: r }: Matrix, u: Float64Array): Float64Array {
  const out = new Float64Array(r);
  for (let k = 0; k < n; k++) for (let c = 0; c < r; c++) out[c] += u[k] * data[k * r + c];
  return out;
}

/** times·Qx into `out`. */
function combined(
  { data, rows: n, cols: r }: Matrix,
  x: Float64Array,
  times: number,
  out: Float64Array,
): void {
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let c = 0; c < r; c++) sum += data[i * r + c] * x[c];
    out[i] = times * sum;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let c = 0; c < a.length; c++) sum += a[c] * b[c];
  return sum;
}

/** x^p of x ≥ 0: powers in use without a logarithm. */
function power(x: number, p: number): number {
  if (p === 0.5) return Math.sqrt(x);
  if (p === 0.75) return Math.sqrt(x * Math.sqrt(x));
  if (p === 1) return x;
  if (p === 1.5) return x * Math.sqrt(x);
  if (p === 2) return x * x;
  if (p === 3) return x * x * x;
  return x === 0 ? 0 : pow(x, p);
}
