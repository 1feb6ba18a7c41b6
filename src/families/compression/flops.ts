import { OptionError } from '../../core/errors.ts';
import { counted } from '../../core/text.ts';
import {
  add,
  type LossAndReport,
  linear,
  matmul,
  mean,
  meanSquaredError,
  normalizeRows,
  relu,
  scale,
  square,
  sum,
  type Tensor,
} from '../../learning/index.ts';
import {
  pressureTo,
  type SparseAutoencoder,
  trainedAutoencoder,
} from '../../learning/sparse-autoencoder/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice, integer, number } from '../../method/options.ts';
import { defineCodec } from './define.ts';
import { fittedCodes, sparseCodec } from './support/sparse-codec.ts';
import { MOST_COLUMNS, valueOption } from './support/sparse-codes.ts';

/**
 * Sparse by training: a code of few numbers above 0 that are spread evenly over its columns, so that an inverted file of them
 * has no long list.
 *
 *     z = (W x + a)₊/‖(W x + a)₊‖,   x̂ = Dᵀz,   loss = mean (x − x̂)² + λ·h·Σ_j (mean_i |z_ij|)²
 *
 * with X n × d less its mean, each row scaled to variance 1 (its length is in its code again), W and D h × d. The second term stands for Σ_j p_j², p_j the share of the rows
 * with z_j above 0: the multiplications of an inverted file for a pair of rows. With `penalty: 'l1'` it is λ·Σ_j mean_i |z_ij|,
 * which asks for few numbers and not for even columns. λ follows the number of z above 0: it rises while a batch has more than
 * is aimed at (`nonzeros`), falls while it has fewer. A code holds the k largest; the fact `cut` is the share of the rows that
 * had more, `flops` is Σ_j p_j². k·(1 or 2 + 1 or 2) bytes a row, as `csr`. O(bhd) a step of b rows.
 *
 * @remarks Use it for an inverted file (the index `sparse`). How much it saves depends on the rows: with as many numbers L1 took
 * 1.6 times the multiplications on words and found as many of the nearest; on digits it took 1.25 times and found some more
 * (docs/studies/minimizing-flops-sparse.md). Rows that were not fitted have more numbers than fitted ones where these are few.
 * Where bytes alone matter `csr` has all its k numbers in every row. The loss rebuilds rows and takes no labels.
 * @example
 * import { matrix, Random } from 'tammes';
 * import { flops } from 'tammes/compression';
 *
 * const random = Random.fromSeed(1);
 * const points = matrix(Float32Array.from({ length: 400 * 8 }, () => random.normal()), 400, 8);
 * const { bytesPerVector, facts } = await flops(points, { latents: 32, k: 8, nonzeros: 4, steps: 300 });
 * console.log(bytesPerVector, Math.round(facts.nonzeros)); // 24 4
 * @function
 */
export const flops = /* @__PURE__ */ defineCodec({
  id: 'flops',
  title: 'Sparse by training, with even columns',
  summary: 'Few numbers above 0, spread over the columns: codes for an inverted file.',
  references: [
    cite(papers.minimizingFlopsSparse, 'section 3, equation 3, and the authors’ code, model.py'),
  ],
  options: {
    latents: integer(0, 'Width of the code; 0: four times the columns.', {
      min: 0,
      max: MOST_COLUMNS,
      symbol: 'h',
    }),
    k: integer(16, 'Most numbers kept of a row.', { min: 1, symbol: 'k' }),
    nonzeros: number(0, 'Numbers above 0 of a row, on average, that training aims at; 0: k/2.', {
      min: 0,
    }),
    penalty: choice(
      ['flops', 'l1'],
      'flops',
      'What is asked for: few numbers in even columns, or few numbers.',
    ),
    value: valueOption,
    steps: integer(1000, 'Steps of training.', { min: 1 }),
    batch: integer(256, 'Rows of a step.', { min: 1, max: 1e6, symbol: 'b' }),
    learningRate: number(2e-3, 'Rate of Adam.', { min: 0, symbol: 'α' }),
  },
  deviations: [
    'The loss is that of rebuilding rows, which takes no labels; the authors’ is a triplet loss.',
    'λ follows the numbers above 0, which fall to those aimed at over half of the steps; the authors raise λ quadratically to a weight that is given.',
  ],
  async fit(points, options, context) {
    const latents = options.latents || Math.min(MOST_COLUMNS, 4 * points.cols);
    const { k, penalty, steps } = options;
    if (k > latents)
      throw new OptionError('flops', 'k', `at most the ${counted(latents, 'latent')}`, k);
    const nonzeros = options.nonzeros || k / 2;
    if (nonzeros > k) throw new OptionError('flops', 'nonzeros', `at most k, ${k}`, nonzeros);
    const pressure = pressureTo({ latents, nonzeros });
    const trained = await trainedAutoencoder(
      points,
      {
        id: 'flops',
        decoder: 'free',
        options: { ...options, latents },
        loss: (net, x) => lossOf(net, x, penalty, pressure.weight),
        onStep: ({ step, values: { codes } }) => pressure.note(codes, { step, steps }),
      },
      context,
    );
    const fit = await fittedCodes(trained, points, options, context);
    return { ...fit, facts: { ...fit.facts, weight: pressure.weight } };
  },
  ...sparseCodec('flops'),
});

function lossOf(
  net: SparseAutoencoder,
  x: Tensor,
  penalty: 'flops' | 'l1',
  weight: number,
): LossAndReport {
  const codes = normalizeRows(relu(linear(x, net.weight, net.bias)));
  const activity = mean(codes, 0);
  const cost = penalty === 'flops' ? scale(sum(square(activity)), codes.shape[1]) : sum(activity);
  const error = meanSquaredError(matmul(codes, net.decoder), x);
  return { loss: add(error, scale(cost, weight)), values: { codes } };
}
