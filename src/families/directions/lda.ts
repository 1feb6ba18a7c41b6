import { type Matrix, matrix, zeros64 } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { number } from '../../method/options.ts';
import { choleskySolve } from '../../numerics/decompositions/index.ts';
import { defineDirections } from './define.ts';
import { type ClassMeans, classMeansOf } from './support/class-means.ts';
import { NO_CLASSES } from './support/sample.ts';
import type { ClassList } from './types.ts';

/**
 * Fisher's discriminant: the difference of class means, where columns that vary within classes count for less:
 *
 *     w = Σ⁻¹(μ₁ − μ₀),   Σ = (1 − γ)·S + γ·(tr S/d)·I,   S = 1/n Σᵢ (xᵢ − μ_cᵢ)(xᵢ − μ_cᵢ)ᵀ
 *
 * with X n × d, S d × d the covariance within the classes. With more than two classes, one direction for each, from the mean of
 * all others. γ is what Ledoit and Wolf derive from the rows, unless it is given.
 *
 * @remarks Use it with some rows a class and columns that vary with one another; shrinking keeps it sound with fewer rows than
 * columns. `class-means` is γ = 1.
 * @example
 * import { matrix } from 'tammes';
 * import { lda } from 'tammes/directions';
 *
 * // The second column varies within the classes and says nothing of them.
 * const points = matrix(new Float64Array([0, -9, 0, 9, 1, -8, 1, 10, 0, 0, 1, 1]), 6, 2);
 * const classes = ['old', 'old', 'young', 'young', 'old', 'young'];
 * const { directions } = await lda({ points, classes }, { shrinkage: 0.01 });
 * console.log(directions.basis.data[0] > 0.99); // true
 * @function
 */
export const lda = /* @__PURE__ */ defineDirections({
  id: 'lda',
  title: 'Linear discriminant with a shrunk covariance',
  summary:
    'The difference of class means, weighed by the inverse of a shrunk within-class covariance.',
  references: [
    cite(sources.multipleMeasurements, 'the linear function of greatest separation'),
    cite(sources.wellConditionedCovariance, 'equation 14: the shrinkage'),
  ],
  needs: ['classes'],
  options: {
    shrinkage: number(-1, 'Share of the identity in the covariance; −1: as the rows suggest.', {
      min: -1,
      max: 1,
      symbol: 'γ',
    }),
  },
  deviations: [
    'Of k > 2 classes, each has its own direction from all others, in place of k − 1 discriminants without names.',
  ],
  async fit({ points, classes = NO_CLASSES }, { shrinkage: given }, { engine, work, chosen }) {
    const found = classMeansOf(points, classes);
    const within = withinClasses(await engine.gram(points, work), points.rows, found);
    const asked = chosen?.['shrinkage'] ?? (given < 0 ? undefined : given);
    const shrinkage = asked ?? shrinkageOf(points, classes, found, within);
    const sigma = shrunk(within, shrinkage);
    const { gaps, names, origin } = found;
    if (!sigma) return { basis: gaps, names, origin, chosen: { shrinkage } };
    const { rows: k, cols: d } = gaps;
    const solved = choleskySolve(await engine.linalg.cholesky(sigma, work), transposed(gaps));
    return { basis: transposed(matrix(solved.data, d, k)), names, origin, chosen: { shrinkage } };
  },
});

/** S = (XᵀX − Σⱼ nⱼμⱼμⱼᵀ)/n. */
function withinClasses(
  { data, cols: d }: Matrix<Float64Array>,
  n: number,
  { means, counts }: ClassMeans,
): Matrix<Float64Array> {
  const out = zeros64(d, d);
  for (let a = 0; a < d; a++) {
    for (let b = 0; b <= a; b++) {
      let between = 0;
      for (let j = 0; j < counts.length; j++)
        between += counts[j] * means.data[j * d + a] * means.data[j * d + b];
      out.data[a * d + b] = (data[a * d + b] - between) / n;
      out.data[b * d + a] = out.data[a * d + b];
    }
  }
  return out;
}

/** γ = min(1, 1/n² Σᵢ ‖xᵢxᵢᵀ − S‖²/‖S − tr S/d·I‖²), rows less their class means. */
function shrinkageOf(
  { data, rows: n, cols: d }: Matrix,
  { of }: ClassList,
  { means }: ClassMeans,
  within: Matrix<Float64Array>,
): number {
  let [fourth, trace, squares] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    let length = 0;
    for (let c = 0; c < d; c++) length += (data[i * d + c] - means.data[of[i] * d + c]) ** 2;
    fourth += length ** 2;
  }
  for (const x of within.data) squares += x * x;
  for (let c = 0; c < d; c++) trace += within.data[c * d + c];
  const spread = squares - trace ** 2 / d;
  const noise = (fourth / n - squares) / n;
  return spread > 1e-14 * squares ? Math.min(1, Math.max(0, noise / spread)) : 1;
}

/** (1 − γ)S + γ·(tr S/d)·I, kept positive definite; undefined where the rows do not vary within their classes. */
function shrunk(within: Matrix<Float64Array>, shrinkage: number): Matrix<Float64Array> | undefined {
  const { rows: d, data } = within;
  let mean = 0;
  for (let c = 0; c < d; c++) mean += data[c * (d + 1)] / d;
  if (!(mean > 0)) return undefined;
  // Below this part rounding decides: the rows span fewer than d dimensions.
  const least = Math.max(shrinkage, 1e-9);
  const out = matrix(
    data.map((x) => (1 - least) * x),
    d,
    d,
  );
  for (let c = 0; c < d; c++) out.data[c * (d + 1)] += least * mean;
  return out;
}

function transposed({ data, rows, cols }: Matrix<Float64Array>): Matrix<Float64Array> {
  const out = zeros64(cols, rows);
  for (let e = 0; e < data.length; e++)
    out.data[(e % cols) * rows + Math.floor(e / cols)] = data[e];
  return out;
}
