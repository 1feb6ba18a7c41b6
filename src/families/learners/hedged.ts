import { concat, constant, parameter, softplus, type Tensor } from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice, integer, number } from '../../method/options.ts';
import { defineLearner } from './define.ts';
import { balancedBatches } from './support/balanced-batches.ts';
import { splitByClass } from './support/class-split.ts';
import { numberedClasses } from './support/classes.ts';
import { embeddedRows } from './support/embedded-rows.ts';
import { encoderOf, encoderOptions } from './support/encoders.ts';
import { given } from './support/given.ts';
import { rangeOf, requireColumns, scaledRows, scalingOf } from './support/inputs.ts';
import { matchLoss } from './support/match-loss.ts';
import { logVariancesOf, meansOfGaussians, uncertaintyOf } from './support/uncertainty.ts';
import { verification } from './support/verification.ts';

/** log σ² of the form `point`: nothing beside any mean, and no variance that rounds to 0. */
const SURE = -60;
/** Samples on either side of what a saved model says of its uncertainty. */
const SAMPLES = 8;

/**
 * An encoder that says how sure it is: each row becomes a Gaussian, and two rows match by the distances of samples.
 *
 *     minimise mean over pairs [−log p_ij or −log(1 − p_ij)] + β (KL_i + KL_j)
 *     p_ij = mean over K² pairs of samples of σ(b − a‖z_ik − z_jl‖),   z_ik ~ N(μ(xᵢ), diag σ²(xᵢ))
 *
 * X n × d; μ and log σ² of `dim` columns each from one encoder; a > 0 and b are learned; KL is the divergence from a
 * standard normal. With `form: 'point'` rows have no variance and no divergence: the baseline.
 *
 * @remarks Rows that could be of several classes get a large variance: `uncertainty` of an embedded row is 1 − p(m | x, x),
 * the probability that it does not match itself. `embed` gives the means, and `uncertainty` and
 * `log_variance_1`, … as columns. Few
 * dimensions make ambiguity visible; the paper has 2 to 4. `heldOut` of the classes are not trained on; the report is
 * of their means.
 * @example
 * import { matrix } from 'tammes';
 * import { hedged } from 'tammes/learners';
 *
 * const points = matrix(Float32Array.from({ length: 120 }, (_, e) =>
 *   (e % 3 === Math.floor(e / 3) % 3 ? 3 : 0) + Math.sin(e)), 40, 3);
 * const classes = Array.from({ length: 40 }, (_, i) => `class ${i % 3}`);
 * const { model } = await hedged({ points, classes }, { dim: 2, steps: 50 });
 * const { points: means, columns } = await hedged.embed(model, { points });
 * console.log(means.cols, Object.keys(columns ?? {}).join(' ')); // 2 uncertainty log_variance_1 log_variance_2
 * @function
 */
export const hedged = /* @__PURE__ */ defineLearner({
  id: 'hedged',
  title: 'Hedged instance embedding (HIB)',
  summary: 'An encoder into Gaussians: a mean, and how sure it is of each row.',
  references: [cite(papers.hedgedInstanceEmbedding, 'Eq. (1) to (6)')],
  deviations: ['One Gaussian a row; the mixtures of the paper are not here.'],
  options: {
    ...encoderOptions,
    dim: integer(8, 'Columns of the embedding.', { min: 1 }),
    form: choice(['gaussian', 'point'], 'gaussian', 'What a row becomes.'),
    samples: integer(8, 'Samples of each row in a step.', { min: 1, max: 256, symbol: 'K' }),
    beta: number(1e-4, 'Weight of the divergence from a standard normal.', { min: 0, symbol: 'β' }),
    classesPerBatch: integer(16, 'Classes in a batch; all where there are fewer.', { min: 2 }),
    heldOut: number(0.2, 'Share of the classes that is kept to measure with.', {
      min: 0,
      max: 0.9,
    }),
  },
  needs: ['points', 'classes'],
  takesSpread: false,
  encodes: 'points',
  settle(examples, { encoder, hidden, dim, form, seed }) {
    const [points] = given('hedged', examples, ['points', 'classes']);
    return { scaling: scalingOf(points), inputs: points.cols, encoder, hidden, dim, form, seed };
  },
  build(settings, { like }) {
    const { seed, dim, form } = settings;
    const float64 = like instanceof Float64Array;
    const outputs = form === 'point' ? dim : 2 * dim;
    const encoder = encoderOf({ ...settings, dim: outputs }, { seed, float64 });
    const one = (name: string, value: number) =>
      parameter(name, new (float64 ? Float64Array : Float32Array)([value]), [1]);
    // a = log(1 + e^raw) begins at 1.3, b at 2: neighbors match, and rows at the distance 2 are undecided.
    const [raw, offset] = [one('match.slope', 1), one('match.offset', 2)];
    const rowsOf = (x: Tensor) => (form === 'point' ? sure(encoder(x), dim, float64) : encoder(x));
    return { like, rowsOf, raw, offset, parameters: [...encoder.parameters, raw, offset] };
  },
  task({ like, rowsOf, raw, offset }, examples, options, { scaling, dim, form }) {
    const [points, classes] = given('hedged', examples, ['points', 'classes']);
    const { of, names } = numberedClasses('hedged', classes, points.rows);
    const { heldOut, seed } = options;
    const parts = splitByClass(of, names.length, heldOut, seed);
    const encoded = (rows: Int32Array) => rowsOf(scaledRows(points, rows, scaling, like));
    const isPoint = form === 'point';
    return {
      rows: parts.train.length,
      batch: balancedBatches('hedged', parts.train, of, options),
      loss({ rows, random }) {
        const places = rows.map((row) => parts.train[row]);
        const own = places.map((row) => of[row]);
        const slope = softplus(raw);
        const loss = matchLoss(encoded(places), slope, offset, {
          samples: isPoint ? 1 : options.samples,
          beta: isPoint ? 0 : options.beta,
          classes: own,
          random,
        });
        return { loss };
      },
      async report(workspace) {
        const { heldOutClasses } = parts;
        const rows = heldOutClasses > 0 ? parts.heldOut : parts.train;
        const gaussians = await embeddedRows(encoded, rows, 2 * dim, workspace);
        const found = verification(
          meansOfGaussians(gaussians),
          rows.map((row) => of[row]),
        );
        const { equalErrorRate, recallAt1 } = found;
        const shape = shapeOf(raw.data[0], offset.data[0]);
        const unsure = uncertaintyOf(gaussians, shape, SAMPLES);
        const uncertainty = unsure.reduce((sum, x) => sum + x, 0) / unsure.length;
        return { equalErrorRate, recallAt1, uncertainty, ...shape, heldOutClasses };
      },
    };
  },
  encode({ like, rowsOf, raw, offset }, examples, { inputs, dim, scaling }) {
    const [points] = given('hedged', examples, ['points']);
    requireColumns('hedged', points, inputs);
    return {
      rows: points.rows,
      cols: 2 * dim,
      block: (a, b) => rowsOf(scaledRows(points, rangeOf(a, b), scaling, like)),
      finish(rows) {
        const uncertainty = uncertaintyOf(rows, shapeOf(raw.data[0], offset.data[0]), SAMPLES);
        return {
          points: meansOfGaussians(rows),
          columns: { uncertainty, ...logVariancesOf(rows) },
        };
      },
    };
  },
});

const shapeOf = (raw: number, offset: number) => ({ slope: Math.log1p(Math.exp(raw)), offset });

/** Means beside variances of next to nothing. */
function sure(means: Tensor, dim: number, float64: boolean): Tensor {
  const n = means.shape[0];
  const variances = new (float64 ? Float64Array : Float32Array)(n * dim).fill(SURE);
  return concat(means, constant(variances, [n, dim]));
}
