import { OptionError } from '../../core/errors.ts';
import { alike, type Matrix, matrix, zeros64, zerosLike } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice, integer, number } from '../../method/options.ts';
import { signOfLargest } from '../../numerics/decompositions/signs.ts';
import { centered, lessRow } from '../../numerics/rows/centered.ts';
import { defineReduction } from './define.ts';
import { kernelDensity, mixtureScores, normalMixture, type Scores } from './support/scores.ts';
import { shrunkWhitening } from './support/shrunk-whitening.ts';
import type { FitContext } from './types.ts';

const ID = 'stein';

/**
 * Index models by moments of the score: the directions on which responses depend, whatever the curve by which they
 * do, without fitting one.
 *
 *     y = f(Bᵀx) + noise,   w = Σ^(−1/2)(x − μ),   s(w) = −∇ log p(w)
 *     order 1: M  = (1/n) Σᵢ s(wᵢ) (yᵢ − ȳ)ᵀ           = E ∇f
 *     order 2: Mⱼ = (1/n) Σᵢ (yᵢⱼ − ȳⱼ)(s sᵀ − ∇s)(wᵢ)  = E ∇²fⱼ
 *     z = U w,   U the m leading eigenvectors of M Mᵀ, or of Σⱼ Mⱼ²
 *
 * with X n × d, responses Y n × q (the rows themselves where none are given), f unknown and z of m numbers. By Stein's
 * lemma the moments are means of derivatives of f, which lie in the span of B. Under the Gaussian score s(w) = w; the
 * mixture's is that of `components` normals of one covariance (expectation–maximization), the kernel's that of a normal
 * about each of at most 1,000 rows, the row itself left out. Σ is shrunk as Ledoit and Wolf do, times `shrinkage`.
 * Squares of the Mⱼ are summed, not the Mⱼ: those of one-hot classes sum to zero. Columns of z are uncorrelated, of
 * variance 1 where Σ is not shrunk. `share` among the facts is that of the squared moments that the m directions keep.
 *
 * @remarks Use it where rows have responses (numbers, classes) and a linear map should keep what tells them:
 * `--responses FILE` or `--classes COLUMN`. The first order finds links that rise or fall, and at most q directions. The
 * second finds even ones (x², cos x), at O(q n d²), and needs many rows, thousands for 50 columns; on digits it keeps
 * less of the classes than the first, under every score. Without responses the first order is whitened `pca`; take
 * that. Scale responses of different units first: a rotation of Y changes nothing, a scale does. O(n d² + d³) time.
 * @example
 * import { matrix, Random } from 'tammes';
 * import { stein } from 'tammes/reduction';
 *
 * // y is the square of the first of five columns: no line shows it, the second order does.
 * const random = Random.fromSeed(1);
 * const points = matrix(Float64Array.from({ length: 5000 }, () => random.normal()), 1000, 5);
 * const y = Float64Array.from({ length: 1000 }, (_, i) => points.data[5 * i] ** 2);
 * const { model } = await stein(points, { dim: 1, order: 2 }, { responses: matrix(y, 1000, 1) });
 * const [first, ...others] = model.parameters[1].data;
 * console.log(Math.abs(first) > 5 * Math.hypot(...others)); // true
 * @function
 */
export const stein = /* @__PURE__ */ defineReduction({
  id: ID,
  title: 'Index models by moments of the score',
  summary: 'The directions on which responses depend, whatever the curve.',
  references: [
    cite(papers.nonlinearMultipleResponseRegression, 'the moments of first and second order'),
    cite(sources.wellConditionedCovariance, 'the shrinkage'),
  ],
  dims: { usual: 2 },
  takesResponses: true,
  options: {
    order: integer(1, 'Derivatives of the link: first or second.', { min: 1, max: 2 }),
    score: choice(['gaussian', 'mixture', 'kernel'], 'gaussian', 'How the score is estimated.'),
    components: integer(10, 'Normals of the mixture.', { min: 1 }),
    bandwidth: number(1, "Bandwidth of the kernel, in Scott's.", { min: 1e-3, max: 1e3 }),
    shrinkage: number(1, "Shrinkage of the covariance, in Ledoit and Wolf's.", {
      min: 0,
      max: 100,
    }),
  },
  async fit(points, options, context) {
    const { dim, order, shrinkage } = options;
    const { engine, work, run } = context;
    const whitening = await shrunkWhitening(ID, points, shrinkage, engine, work);
    const { mean, axes, rows: w } = whitening;
    const responses = alike(run.options.responses ?? points, w);
    requireDim(dim, order, axes.rows, responses.cols);
    const y = centered(responses);
    const scores = await scoresOf(w, y, options, context);
    const squared = await (order === 1 ? firstMoments : secondMoments)(scores, y, context);
    const { values, vectors } = await engine.linalg.eigh(squared, work);
    const leading = oriented(vectors, dim);
    const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
    const kept = values.subarray(0, dim).reduce((sum, value) => sum + Math.max(0, value), 0);
    return {
      settings: {},
      arrays: { mean: matrix(mean, 1, mean.length), axes: product(leading, axes) },
      facts: { share: total > 0 ? kept / total : 0, shrinkage: whitening.shrinkage },
      warnings: emptyDirections(values.subarray(0, dim)),
    };
  },
  async place({ arrays: { mean, axes } }, rows, { engine, work }) {
    return engine.matmul(lessRow(rows, mean.data), alike(axes, rows), { transposeB: true }, work);
  },
});

function requireDim(dim: number, order: number, varying: number, responses: number): void {
  const [most, why] =
    order === 1 && responses < varying
      ? [responses, 'one a response; --order 2 finds more']
      : [varying, 'the directions in which the rows vary'];
  if (dim > most) throw new OptionError(ID, 'dim', `at most ${most} (${why})`, dim);
}

async function scoresOf(
  w: Matrix,
  y: Matrix,
  options: { readonly score: string; readonly components: number; readonly bandwidth: number },
  context: FitContext,
): Promise<Scores> {
  const { score, components, bandwidth } = options;
  if (score === 'gaussian') return { scores: w };
  if (score === 'mixture' && components > w.rows)
    throw new OptionError(ID, 'components', `at most the ${w.rows} rows`, components);
  const density =
    score === 'mixture'
      ? await normalMixture(w, components, context)
      : kernelDensity(w, bandwidth, context.random.fork('kernels'));
  return mixtureScores(w, density, y, context);
}

/** M Mᵀ, r × r. */
async function firstMoments({ scores }: Scores, y: Matrix, { engine, work }: FitContext) {
  const moments = await engine.matmul(y, scores, { transposeA: true }, work);
  scale(moments, 1 / scores.rows);
  return engine.gram(moments, work);
}

/** Σⱼ Mⱼ², r × r. Of centred responses the constant part of ∇s drops out. */
async function secondMoments({ scores, local }: Scores, y: Matrix, context: FitContext) {
  const { engine, work, run } = context;
  const { rows: n, cols: r } = scores;
  const q = y.cols;
  const total = zeros64(r, r);
  for (let j = 0; j < q; j++) {
    await run.tick({ stage: 'moments', done: j / q });
    const column = Float64Array.from({ length: n }, (_, i) => y.data[i * q + j]);
    const moment = await weightedGram(scores, column, context);
    if (local) {
      const k = local.centers.rows;
      const mass = Float64Array.from(local.mass.data.subarray(j * k, (j + 1) * k));
      add(moment, await weightedGram(local.centers, mass, context), 1);
      add(moment, await weightedGram(local.pulls, column, context), -1);
    }
    scale(moment, 1 / n);
    add(total, await engine.gram(moment, work), 1);
  }
  return total;
}

/** Σᵢ cᵢ xᵢ xᵢᵀ, d × d. */
async function weightedGram(rows: Matrix, weights: Float64Array, { engine, work }: FitContext) {
  const weighted = zerosLike(rows);
  for (let e = 0; e < rows.data.length; e++)
    weighted.data[e] = weights[Math.floor(e / rows.cols)] * rows.data[e];
  return engine.matmul(weighted, rows, { transposeA: true }, work);
}

/** The first m rows, each with its largest number positive. */
function oriented({ data, cols: r }: Matrix<Float64Array>, m: number): Matrix<Float64Array> {
  const out = matrix(data.slice(0, m * r), m, r);
  for (let e = 0; e < m; e++) {
    const sign = signOfLargest(out.data, e * r, r, 1);
    for (let c = 0; c < r; c++) out.data[e * r + c] *= sign;
  }
  return out;
}

/** A·B in float64. */
function product(a: Matrix<Float64Array>, b: Matrix<Float64Array>): Matrix<Float64Array> {
  const out = zeros64(a.rows, b.cols);
  for (let i = 0; i < a.rows; i++) {
    for (let k = 0; k < a.cols; k++) {
      const x = a.data[i * a.cols + k];
      for (let j = 0; j < b.cols; j++) out.data[i * b.cols + j] += x * b.data[k * b.cols + j];
    }
  }
  return out;
}

function add(to: Matrix, other: Matrix, times: number): void {
  for (let e = 0; e < to.data.length; e++) to.data[e] += times * other.data[e];
}

function scale(m: Matrix, factor: number): void {
  for (let e = 0; e < m.data.length; e++) m.data[e] *= factor;
}

/** Directions that no response shows are told: squared moments of float32 rows are right to 1e-12 of the largest. */
function emptyDirections(values: Float64Array): string[] {
  const shown = values.filter((value) => value > 1e-12 * values[0]).length;
  if (shown === values.length) return [];
  return [
    shown === 0
      ? 'the responses do not vary with the rows: no column means anything.'
      : `the moments have rank ${shown}: columns after that say nothing of the responses.`,
  ];
}
