import { alike, gathered, type Matrix } from '../../../core/matrix.ts';
import { centered } from '../../../numerics/rows/centered.ts';
import type { FitContext } from '../types.ts';
import { type Axes, alongAxes, axesOf, scaledRows } from './axes.ts';

/** The error of leaving a pair out is taken over at most so many pairs. */
const MOST_LEFT_OUT = 2000;

/** Half decades, as shares of the mean variance of a column; written out: powers differ between platforms. */
const RIDGES = [
  0.00009999999999999999, 0.00031622776601683794, 0.001, 0.0031622776601683794, 0.01,
  0.03162277660168379, 0.1, 0.31622776601683794, 1, 3.1622776601683795, 10, 31.622776601683793, 100,
];
/** Where pairs are twice as many as dimensions, leaving one out stays stable down to these. */
const SMALL_RIDGES = [1e-9, 1e-7, 1e-5];

/** Least squares with a ridge, y = (x − μ_A)·W + μ_B. */
export interface Ridge {
  /** As a share of the mean of the eigenvalues of A₀ᵀA₀. */
  readonly ridge: number;
  /** d × e. */
  readonly weights: Matrix;
  readonly axes: Axes;
  /** W on the axes of A, r × e. */
  readonly onAxes: Matrix;
  /** √(Σ squared errors of pairs left out/Σ squares of B₀). */
  readonly leftOut: number;
}

/**
 * The map A₀ → B₀ with the least ‖A₀W − B₀‖² + λ‖W‖²; λ as given, or, where it is 0, with the least error of pairs that
 * are left out one by one: eᵢ/(1 − hᵢ), h the diagonal of A₀(A₀ᵀA₀ + λI)⁻¹A₀ᵀ + 1/p.
 */
export async function ridgeRegression(
  a: Matrix,
  b: Matrix,
  given: number,
  context: Pick<FitContext, 'engine' | 'work' | 'random'>,
): Promise<Ridge> {
  const { engine, work, random } = context;
  const axes = await axesOf(a, context);
  const to = centered(b);
  const scores = await alongAxes(axes, context);
  const cross = await engine.matmul(scores, to, { transposeA: true }, work);
  const rows = random.fork('left out').sample(a.rows, Math.min(a.rows, MOST_LEFT_OUT)).sort();
  const some = { scores: gathered(scores, rows), to: gathered(to, rows) };
  const unit = axes.values.reduce((sum, value) => sum + value, 0) / a.cols;
  const solved = (ridge: number) =>
    scaledRows(
      cross,
      axes.values.map((value) => 1 / (value + ridge * unit)),
    );
  let best = { ridge: given, error: Infinity };
  for (const ridge of given > 0 ? [given] : candidates(a.rows, axes.values.length)) {
    const onAxes = solved(ridge);
    const fitted = await engine.matmul(some.scores, onAxes, {}, work);
    const error = leftOutError(some, fitted, axes.values, ridge * unit, a.rows);
    if (error < best.error || best.error === Infinity) best = { ridge, error };
  }
  const onAxes = solved(best.ridge);
  const back = alike(axes.vectors, a);
  const weights = await engine.matmul(back, onAxes, { transposeA: true }, work);
  let length = 0;
  for (const x of some.to.data) length += x * x;
  const leftOut = Math.sqrt(best.error / length);
  return { ridge: best.ridge, weights, axes, onAxes, leftOut };
}

function candidates(pairs: number, rank: number): readonly number[] {
  return pairs > 2 * rank ? [...SMALL_RIDGES, ...RIDGES] : RIDGES;
}

/** Σ ((b − y)/(1 − h))² over the pairs. */
function leftOutError(
  { scores, to }: { readonly scores: Matrix; readonly to: Matrix },
  fitted: Matrix,
  values: Float64Array,
  penalty: number,
  pairs: number,
): number {
  const { rows: p, cols: r } = scores;
  const e = to.cols;
  let error = 0;
  for (let i = 0; i < p; i++) {
    let leverage = 1 / pairs;
    for (let c = 0; c < r; c++) leverage += scores.data[i * r + c] ** 2 / (values[c] + penalty);
    let squares = 0;
    for (let k = i * e; k < (i + 1) * e; k++) squares += (to.data[k] - fitted.data[k]) ** 2;
    error += squares / (1 - leverage) ** 2;
  }
  return error;
}
