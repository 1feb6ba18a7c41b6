import { OptionError } from '../../core/errors.ts';
import { counted } from '../../core/text.ts';
import {
  add,
  constant,
  crossEntropy,
  type LossAndReport,
  matmul,
  meanSquaredError,
  normalizeRows,
  relu,
  scale,
  type Tensor,
  topK,
} from '../../learning/index.ts';
import {
  decoded,
  latentsOf,
  type Revival,
  revivalOf,
  type SparseAutoencoder,
  trainedAutoencoder,
} from '../../learning/sparse-autoencoder/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { integer, number } from '../../method/options.ts';
import { defineCodec } from './define.ts';
import { fittedCodes, sparseCodec } from './support/sparse-codec.ts';
import { MOST_COLUMNS, valueOption } from './support/sparse-codes.ts';

/** Latents in the wider code of the loss, for each of the code. */
const WIDER = 4;
/**
 * CSR, contrastive sparse representation: the k largest latents of a sparse autoencoder, and which they are.
 *
 *     z = top_k(W(x − b) + a)₊,   x̂ = Wᵀz + b
 *     loss = L_k + L_4k/8 + β·L_aux + γ·L_cl,   L_k = mean (x − x̂)²
 *
 * with X n × d, W h × d, and rows scaled to variance 1 a number. L_4k is that of four times as many latents: codes cut to fewer
 * or grown to more latents stay useful. L_aux rebuilds what is left, x − x̂, from the latents that were in no code for some
 * steps, over L_k: they come back to life. L_cl is NT-Xent on the codes at the temperature τ, both views the row itself as in
 * the authors' script: it spreads the codes of a batch. k·(1 or 2 + 1 or 2) bytes a row: the number of a latent takes
 * 2 bytes above 256 of them, its value 2 as float16. ⟨q, x̂⟩ takes k multiplications once ⟨q, W⟩ is known; the codes are
 * sparse rows, which the index `sparse` takes. O(bhd) a step of b rows, some ten such products.
 *
 * @remarks Use it for an inverted file (the index `sparse`). Where bytes alone matter take `opq`: of digits at 8 bytes it found 79 %
 * of the ten nearest rows, `csr` 58 %, `int8` with `dims` 46 %, all with plain queries; codes compared with codes, as the inverted
 * file does, found 42 %. The contrastive term did not help there (docs/studies/csr-beyond-matryoshka.md). It wants thousands of
 * rows: see the facts `dead`, the share of latents that no row uses, and `loss`.
 * @example
 * import { matrix, Random } from 'tammes';
 * import { csr } from 'tammes/compression';
 *
 * // Each row is one of eight axes, a little off it: one latent says which.
 * const random = Random.fromSeed(1);
 * const data = Float32Array.from({ length: 400 * 8 }, (_, e) =>
 *   (e % 8 === Math.floor(e / 8) % 8 ? 1 : 0) + 0.02 * random.normal());
 * const points = matrix(data, 400, 8);
 * const few = { latents: 16, k: 1, steps: 300, batch: 64, learningRate: 0.01 };
 * const { bytesPerVector, facts } = await csr(points, few);
 * console.log(bytesPerVector, facts.nonzeros); // 3 1
 * @function
 */
export const csr = /* @__PURE__ */ defineCodec({
  id: 'csr',
  title: 'CSR: the largest latents of a sparse autoencoder',
  summary: 'A few numbers of a wide code, learned: small codes that keep classes.',
  references: [cite(papers.csrBeyondMatryoshka, 'section 3 and the authors’ code, model_zoo.py')],
  options: {
    latents: integer(0, 'Width of the code; 0: four times the columns.', {
      min: 0,
      max: MOST_COLUMNS,
      symbol: 'h',
    }),
    k: integer(8, 'Latents kept of a row.', { min: 1, symbol: 'k' }),
    value: valueOption,
    wideWeight: number(0.125, 'Weight of the loss of four times as many latents.', { min: 0 }),
    auxiliaryWeight: number(1 / 32, 'Weight of the loss that revives latents.', {
      min: 0,
      symbol: 'β',
    }),
    auxiliaryLatents: integer(512, 'Most latents that are revived together.', { min: 1 }),
    deadAfter: integer(30, 'Steps in no code after which a latent is dead.', { min: 1 }),
    contrast: number(0.1, 'Weight of the contrastive loss.', { min: 0, symbol: 'γ' }),
    temperature: number(0.2, 'Temperature of the contrastive loss.', {
      min: 1e-3,
      max: 1e3,
      symbol: 'τ',
    }),
    steps: integer(1000, 'Steps of training.', { min: 1 }),
    batch: integer(256, 'Rows of a step.', { min: 1, max: 1e6, symbol: 'b' }),
    learningRate: number(2e-3, 'Rate of Adam.', { min: 0, symbol: 'α' }),
  },
  deviations: [
    'The rows are less their mean and scaled to variance 1 a number, so that the weights of the losses mean the same for all rows; batches are of 256 rows, not 4,096, and the rate is 0.002, not 0.0004.',
    'A latent is dead when it was in no code of k; in the authors’ code, those of 4k count, too.',
    'The auxiliary loss is over the loss L_k of the step before, not over the variance of what is left in this one.',
  ],
  async fit(points, options, context) {
    const latents = options.latents || Math.min(MOST_COLUMNS, 4 * points.cols);
    const { k } = options;
    if (k > latents)
      throw new OptionError('csr', 'k', `at most the ${counted(latents, 'latent')}`, k);
    const revival = revivalOf(latents, options);
    const trained = await trainedAutoencoder(
      points,
      {
        id: 'csr',
        decoder: 'tied',
        options: { ...options, latents },
        loss: (net, x) => lossOf(net, x, options, revival),
        onStep: ({ report, values }) => revival.note(values['codes'], report['narrow']),
      },
      context,
    );
    return fittedCodes(trained, points, options, context);
  },
  ...sparseCodec('csr'),
});

interface LossOptions {
  readonly k: number;
  readonly wideWeight: number;
  readonly contrast: number;
  readonly temperature: number;
}

function lossOf(
  net: SparseAutoencoder,
  x: Tensor,
  options: LossOptions,
  revival: Revival,
): LossAndReport {
  const { k, wideWeight, contrast, temperature } = options;
  const latents = latentsOf(net, x);
  const codes = relu(topK(latents, k));
  const near = decoded(net, codes);
  const narrow = meanSquaredError(near, x);
  const terms = [narrow];
  if (wideWeight > 0) {
    const wide = relu(topK(latents, Math.min(WIDER * k, latents.shape[1])));
    terms.push(scale(meanSquaredError(decoded(net, wide), x), wideWeight));
  }
  const revived = revival.loss(net, latents, x, near);
  if (revived) terms.push(revived);
  if (contrast > 0) terms.push(scale(contrastOf(codes, temperature), contrast));
  return { loss: terms.reduce(add), report: { narrow }, values: { codes } };
}

/**
 * NT-Xent of codes with themselves as the other view: each other row stands twice among the negatives. What of the views
 * differs is nothing, so that only other rows have a gradient.
 */
function contrastOf(codes: Tensor, temperature: number): Tensor {
  const unit = normalizeRows(codes);
  const [b] = codes.shape;
  const twice = new Float32Array(b * b).fill(Math.LN2);
  for (let i = 0; i < b; i++) twice[i * b + i] = 0;
  const cosines = scale(matmul(unit, unit, { transposeB: true }), 1 / temperature);
  return crossEntropy(
    add(cosines, constant(twice, [b, b])),
    Int32Array.from({ length: b }, (_, i) => i),
  );
}
