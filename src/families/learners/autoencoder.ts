import type { Floats } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import {
  add,
  addRows,
  constant,
  dense,
  evaluate,
  layer,
  normalizeRows,
  relu,
  scale,
  type Tensor,
  type Workspace,
} from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice, integer, number } from '../../method/options.ts';
import { defineLearner } from './define.ts';
import { ENCODERS, encoderOf } from './support/encoders.ts';
import { given } from './support/given.ts';
import { split } from './support/held-out.ts';
import { rangeOf, requireColumns, scaledRows, scalingOf } from './support/inputs.ts';
import {
  contrastOfCodes,
  divergenceFromNormal,
  drawn,
  type NormalCode,
  normalCode,
  normalLoss,
  ownLogDensity,
  squaredLoss,
} from './support/latent.ts';

const LOSSES = ['cmim', 'mim', 'vae', 'plain'] as const;
/** Rows that are decoded at once. */
const BLOCK = 1024;

/**
 * An autoencoder without labels: rows to codes of few columns, and back.
 *
 *     z = μ(x) + σ(x)·ε,   ε normal;   R = ‖x − x̂(z)‖²/2s²
 *     plain   R, with z = μ(x)
 *     vae     R + β·KL(q(z|x) ‖ N(0, I))
 *     mim     −½·[log p(x|z) + log p(z) + β·log q(z|x)]
 *     cmim    mim + w·mean_i −log [e_ii/(e_ii + mean_{j≠i} e_ij)],   e_ij = exp(cos(zᵢ, μ(xⱼ))/τ)
 *
 * X n × d, codes of `dim` columns, s `noise`; means and log variances come out of one encoder, log σ² above
 * `leastLogVariance`: `mim` asks for a narrow q, and nothing else would hold it. Losses are means over the rows of a batch and
 * leave constants out.
 *
 * @remarks `cmim` wants codes that tell rows apart by their direction, with no second view of a row, and whatever the size of
 * the batch; take `vae` for codes that fill a normal cloud, `plain` for the least error. Features may be better read inside the
 * decoder: `embedding: 'decoder'` gives its hidden columns at the mean code, without further training, and
 * `'reconstruction'` the rows it rebuilds. Columns are centered and scaled by one number; the number `reconstruction` of the
 * report is the mean squared error of rows kept from training, as a share of the variance.
 * @example
 * import { matrix } from 'tammes';
 * import { autoencoder } from 'tammes/learners';
 *
 * // Points on a circle in the plane of the first two of six columns.
 * const points = matrix(new Float32Array(200 * 6), 200, 6);
 * for (let i = 0; i < 200; i++) {
 *   points.data[6 * i] = Math.cos(i);
 *   points.data[6 * i + 1] = Math.sin(i);
 * }
 * const small = { dim: 2, hidden: 16, steps: 300, learningRate: 0.01, heldOut: 0.2 };
 * const { report } = await autoencoder({ points }, { ...small, loss: 'plain' });
 * console.log(report.reconstruction < 0.05); // true
 * @function
 */
export const autoencoder = /* @__PURE__ */ defineLearner({
  id: 'autoencoder',
  title: 'Autoencoder: plain, variational, mutual information (MIM, cMIM)',
  summary: 'Codes from which rows are rebuilt, normal or told apart by a contrast.',
  references: [
    cite(papers.contrastiveMutualInformationCmim, 'the losses and the features of the decoder'),
  ],
  deviations: [
    'The decoder’s density is normal with a standard deviation that is given; the paper’s images have Bernoulli pixels.',
    'Of MIM it is the asymmetric form, whose rows are all data and whose codes are all drawn from q.',
  ],
  options: {
    loss: choice(LOSSES, 'cmim', 'What codes are asked for besides the rows.'),
    encoder: choice(ENCODERS, 'mlp', 'What turns a row into its code; cnn takes square images.'),
    hidden: integer(256, 'Columns of the hidden layers of mlp and of the decoder.', { min: 1 }),
    dim: integer(16, 'Columns of the code.', { min: 1 }),
    noise: number(1, 'Standard deviation that the decoder leaves open, in that of the rows.', {
      min: 1e-3,
      symbol: 's',
    }),
    beta: number(1, 'Weight of the divergence (vae) or of log q (mim, cmim).', {
      min: 0,
      symbol: 'β',
    }),
    contrast: number(1, 'Weight of the contrast (cmim).', { min: 0, symbol: 'w' }),
    temperature: number(0.1, 'Temperature of the contrast (cmim).', { min: 0.005, symbol: 'τ' }),
    leastLogVariance: number(-6, 'What log σ² stays above.', { min: -20, max: 0 }),
    embedding: choice(
      ['code', 'decoder', 'reconstruction'],
      'code',
      'What embeddings are: mean codes, the decoder’s hidden columns at them, or the rows rebuilt.',
    ),
    heldOut: number(0.1, 'Share of the rows that is kept to measure the reconstruction.', {
      min: 0,
      max: 0.9,
    }),
  },
  needs: ['points'],
  encodes: 'points',
  settle(examples, options) {
    const [points] = given('autoencoder', examples, ['points']);
    const { loss, encoder, hidden, dim, leastLogVariance, embedding, seed } = options;
    return {
      scaling: scalingOf(points),
      inputs: points.cols,
      ...{ loss, encoder, hidden, dim, leastLogVariance, embedding, seed },
    };
  },
  build({ loss, encoder, inputs, hidden, dim, leastLogVariance, seed }, { like }) {
    const context = { seed, float64: like instanceof Float64Array };
    const columns = loss === 'plain' ? dim : 2 * dim;
    const encode = encoderOf({ encoder, inputs, hidden, dim: columns }, context);
    const inner = dense({
      ...context,
      name: 'decoder.0',
      inputs: dim,
      outputs: hidden,
      initial: 'he',
    });
    const outer = dense({ ...context, name: 'decoder.1', inputs: hidden, outputs: inputs });
    const features = layer(inner.parameters, (z: Tensor) => relu(inner(z)));
    return {
      like,
      /** The distribution of the code; undefined for a plain one. */
      codeOf: (x: Tensor) =>
        loss === 'plain' ? { mean: encode(x) } : normalCode(encode(x), leastLogVariance, like),
      features,
      decode: (z: Tensor) => outer(features(z)),
      parameters: [...encode.parameters, ...inner.parameters, ...outer.parameters],
    };
  },
  task({ like, codeOf, decode }, examples, options, settings) {
    const [points] = given('autoencoder', examples, ['points']);
    const parts = split(points.rows, options.heldOut, options.seed);
    const scaled = (rows: ArrayLike<number>) => scaledRows(points, rows, settings.scaling, like);
    const error = async (rows: Int32Array, workspace: Workspace) => {
      let total = 0;
      for (let a = 0; a < rows.length; a += BLOCK) {
        const x = scaled(rows.subarray(a, a + BLOCK));
        const [loss] = await evaluate(squaredLoss(x, decode(codeOf(x).mean), 1), workspace);
        total += (2 * loss * x.shape[0]) / (rows.length * points.cols);
      }
      return total;
    };
    return {
      rows: parts.train.length,
      loss({ rows, random }) {
        const x = scaled(rows.map((row) => parts.train[row]));
        const code = codeOf(x);
        const loss =
          'logVariance' in code
            ? latentLoss(x, code, decode, options, random, like)
            : squaredLoss(x, decode(code.mean), options.noise);
        return { loss, spread: normalizeRows(code.mean) };
      },
      async report(workspace) {
        const trainReconstruction = await error(parts.train, workspace);
        if (parts.heldOut.length === 0) return { trainReconstruction };
        return {
          reconstruction: await error(parts.heldOut, workspace),
          trainReconstruction,
          heldOut: parts.heldOut.length,
        };
      },
    };
  },
  encode({ like, codeOf, features, decode }, examples, settings) {
    const [points] = given('autoencoder', examples, ['points']);
    const { scaling, inputs, embedding, dim, hidden } = settings;
    requireColumns('autoencoder', points, inputs);
    const mean = constant(likewise(like, scaling.mean));
    const rebuilt = (z: Tensor) => addRows(scale(decode(z), scaling.deviation), mean);
    const embed = { code: (z: Tensor) => z, decoder: features, reconstruction: rebuilt };
    return {
      rows: points.rows,
      cols: { code: dim, decoder: hidden, reconstruction: inputs }[embedding],
      block: (a, b) =>
        embed[embedding](codeOf(scaledRows(points, rangeOf(a, b), scaling, like)).mean),
    };
  },
});

const likewise = (like: Floats, values: readonly number[]): Floats =>
  like instanceof Float64Array ? Float64Array.from(values) : Float32Array.from(values);

interface LatentOptions {
  readonly loss: (typeof LOSSES)[number];
  readonly noise: number;
  readonly beta: number;
  readonly contrast: number;
  readonly temperature: number;
}

function latentLoss(
  x: Tensor,
  code: NormalCode,
  decode: (z: Tensor) => Tensor,
  { loss, noise, beta, contrast, temperature }: LatentOptions,
  random: Random,
  like: Floats,
): Tensor {
  const z = drawn(code, random, like);
  const rebuilt = squaredLoss(x, decode(z), noise);
  if (loss === 'vae') return add(rebuilt, scale(divergenceFromNormal(code, like), beta));
  const joint = add(add(rebuilt, normalLoss(z)), scale(ownLogDensity(code), -beta));
  const mim = scale(joint, 0.5);
  if (loss === 'mim') return mim;
  return add(mim, scale(contrastOfCodes(z, code.mean, temperature, like), contrast));
}
