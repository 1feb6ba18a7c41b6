import { InputError, OptionError } from '../../core/errors.ts';
import { gathered, type Matrix, toFloat64, zeros64 } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { counted } from '../../core/text.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import type { MethodRun } from '../../method/method.ts';
import { integer, number } from '../../method/options.ts';
import { lessRow } from '../../numerics/rows/centered.ts';
import { columnScales, scaleColumnsInPlace } from '../../numerics/rows/column-scales.ts';
import { fourSumDot, rowDot } from '../../numerics/rows/dot.ts';
import { rescaleRows } from '../../numerics/rows/unit-rows.ts';
import { SphereLbfgs } from '../../numerics/solvers/sphere-lbfgs.ts';
import { defineReduction } from './define.ts';
import { constantColumns } from './support/degenerate.ts';
import { linearMap, placeLinearly } from './support/linear-map.ts';
import { type GapMean, smallestGaps } from './support/smallest-gaps.ts';

/**
 * Maximum pairwise absolute difference: directions along which the closest pairs of rows lie as far apart as they can.
 *
 *     wₖ = argmax over ‖w‖ = 1 of μ_b(w) − α Σ_{l<k} ⟨w_l, w⟩²,   y = z·Wᵀ
 *
 * with z the rows in standardized columns, n × d, and μ_b(w) the mean of the smallest b per cent of all |⟨zᵢ − zⱼ, w⟩|,
 * i < j. One direction after the other, each by L-BFGS on the sphere from a random start. W is m × d; its rows are
 * only about orthogonal, the more so the larger α.
 *
 * @remarks Use it where the closest pairs matter more than the variance, and hold it against `pca` with `standardize`:
 * of sentences and GloVe words it keeps as many neighbours, of fastText words a point more; with a small α fewer, since
 * directions then repeat (`tammes study mpad`). All pairs of r rows cost O(r(d + log r)) an evaluation, of which a
 * direction takes some hundred.
 * @example
 * import { matrix } from 'tammes';
 * import { mpad } from 'tammes/reduction';
 *
 * // The corners of a square lie farthest apart along a line of slope 1/2 or 2: √80/6 on average.
 * const corners = matrix(new Float64Array([1, 1, 1, -1, -1, 1, -1, -1]), 4, 2);
 * const { facts } = await mpad(corners, { dim: 1, b: 100 });
 * console.log(facts.gap.toFixed(4)); // 1.4907
 * @function
 */
export const mpad = /* @__PURE__ */ defineReduction({
  id: 'mpad',
  title: 'Maximum pairwise absolute difference (MPAD)',
  summary: 'Directions along which the closest pairs lie as far apart as they can.',
  references: [
    cite(papers.mpad, 'μ_b less the orthogonality penalty, one direction after the other'),
  ],
  deviations: [
    'The gradient is exact, over sorted projections; the paper’s code takes differences.',
    'Directions stay unit vectors by steps on the sphere; the paper’s code divides by the length inside the loss.',
  ],
  dims: { usual: 2 },
  options: {
    b: number(90, 'Per cent of all pairs that count, the closest.', {
      min: 1e-6,
      max: 100,
      symbol: 'b',
    }),
    alpha: number(18, 'Weight of the squared cosines with earlier directions.', {
      min: 0,
      max: 1e9,
      symbol: 'α',
    }),
    pairs: integer(5e6, 'Pairs at most that are looked at: those of a random sample of rows.', {
      min: 1,
    }),
    restarts: integer(1, 'Random starts for each direction; the best is kept.', { min: 1 }),
    iterations: integer(200, 'Steps at most from each start.', { min: 1 }),
  },
  async fit(points, options, { random, run }) {
    const { dim, b, pairs } = options;
    const { rows: n, cols: d } = points;
    const { mean, inverse, constant } = columnScales(points);
    const varying = d - constant.length;
    if (varying === 0) throw new InputError('mpad', 'all rows are equal.');
    if (dim > varying)
      throw new OptionError('mpad', 'dim', `at most ${varying}, the columns that vary`, dim);
    const sample = random
      .fork('rows')
      .sample(n, Math.min(n, rowsWith(pairs)))
      .sort();
    const z = lessRow(toFloat64(gathered(points, sample)), mean);
    scaleColumnsInPlace(z, inverse);
    const all = (z.rows * (z.rows - 1)) / 2;
    const gaps = smallestGaps(z.rows, Math.max(1, Math.round((b / 100) * all)));
    const found = await directions(z, gaps, options, random, run);
    const { axes } = found;
    const facts = { gap: found.gap, overlap: largestCosine(axes), pairs: all };
    scaleColumnsInPlace(axes, inverse);
    return {
      settings: {},
      arrays: linearMap(mean, axes),
      facts,
      warnings: warningsOf(found, constant.length, options.iterations),
    };
  },
  place: placeLinearly,
});

interface Search {
  readonly dim: number;
  readonly alpha: number;
  readonly restarts: number;
  readonly iterations: number;
}

interface Found {
  /** m × d unit rows. */
  readonly axes: Matrix<Float64Array>;
  /** The mean of μ_b over them. */
  readonly gap: number;
  /** Directions whose search the limit of steps ended. */
  readonly unfinished: number;
}

/** Enough rows for so many pairs, and two at least. */
function rowsWith(pairs: number): number {
  return Math.max(2, Math.floor((1 + Math.sqrt(1 + 8 * pairs)) / 2));
}

/** One direction after the other, each the best of its starts. */
async function directions(
  z: Matrix<Float64Array>,
  gaps: GapMean,
  { dim, alpha, restarts, iterations }: Search,
  random: Random,
  run: MethodRun,
): Promise<Found> {
  const d = z.cols;
  const axes = zeros64(dim, d);
  const lbfgs = new SphereLbfgs(1, d);
  let gap = 0;
  let unfinished = 0;
  for (let k = 0; k < dim; k++) {
    const { loss, gapOf } = negativeGaps(z, gaps, axes.data.subarray(0, k * d), alpha);
    let best = { value: Infinity, steps: 0, direction: new Float64Array(d) };
    for (let start = 0; start < restarts; start++) {
      const direction = new Float64Array(d);
      random.fork(`direction ${k}`).fork(start).normals(direction);
      rescaleRows(direction, d, 0);
      lbfgs.begin(loss, direction, { ...LIMITS, maxIterations: iterations });
      let steps = 0;
      let before = Infinity;
      while (before - lbfgs.value > STALLED * Math.max(1, Math.abs(lbfgs.value))) {
        before = lbfgs.value;
        if (!lbfgs.advance()) break;
        steps += 1;
        const done = (k + (start + steps / iterations) / restarts) / dim;
        await run.tick({ stage: 'mpad', done: Math.min(0.999, done), step: k });
      }
      if (lbfgs.value < best.value) best = { value: lbfgs.value, steps, direction };
    }
    axes.data.set(best.direction, k * d);
    gap += gapOf(best.direction) / dim;
    if (best.steps >= iterations) unfinished += 1;
  }
  return { axes, gap, unfinished };
}

/** Standardized columns give gradients of about 1, whatever the data. */
const LIMITS = { tolerance: 1e-5, scale: () => 1, longestStep: 0.3, firstStep: 0.1 };

/** A step that gains less, relatively, is the last: along kinks the gradient need not vanish. */
const STALLED = 1e-7;

/** −μ_b(w) + α Σ ⟨w_l, w⟩² with its Riemannian gradient, w_l the rows of `earlier`; and μ_b alone. */
function negativeGaps(
  { data, rows: n, cols: d }: Matrix<Float64Array>,
  gaps: GapMean,
  earlier: Float64Array,
  alpha: number,
) {
  const projections = new Float64Array(n);
  const slopes = new Float64Array(n);
  const gapOf = (w: Float64Array): number => {
    for (let i = 0; i < n; i++) projections[i] = fourSumDot(data, i * d, w, 0, d);
    return gaps(projections, slopes);
  };
  const loss = (w: Float64Array, gradient: Float64Array): number => {
    let value = -gapOf(w);
    gradient.fill(0);
    for (let i = 0; i < n; i++) addScaled(gradient, -slopes[i], data, i * d);
    for (let l = 0; l < earlier.length; l += d) {
      const cosine = fourSumDot(earlier, l, w, 0, d);
      value += alpha * cosine * cosine;
      addScaled(gradient, 2 * alpha * cosine, earlier, l);
    }
    addScaled(gradient, -fourSumDot(gradient, 0, w, 0, d), w, 0);
    return value;
  };
  return { loss, gapOf };
}

/** target += factor · x[from …]. */
function addScaled(target: Float64Array, factor: number, x: Float64Array, from: number): void {
  for (let c = 0; c < target.length; c++) target[c] += factor * x[from + c];
}

/** The largest |⟨w_k, w_l⟩| of two unit rows; 0 where there is one. */
function largestCosine(axes: Matrix): number {
  let largest = 0;
  for (let k = 0; k < axes.rows; k++)
    for (let l = 0; l < k; l++) largest = Math.max(largest, Math.abs(rowDot(axes, k, axes, l)));
  return largest;
}

function warningsOf({ gap, unfinished }: Found, constant: number, iterations: number): string[] {
  const warnings = [...constantColumns(constant)];
  if (gap === 0)
    warnings.push('The closest pairs are equal rows: no direction is better than another.');
  if (unfinished > 0)
    warnings.push(
      `The search for ${counted(unfinished, 'direction')} stopped after ${iterations} steps: raise iterations.`,
    );
  return warnings;
}
