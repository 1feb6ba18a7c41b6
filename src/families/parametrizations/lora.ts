import { OptionError } from '../../core/errors.ts';
import { matmul, parameter, reshape } from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice, integer } from '../../method/options.ts';
import { defineParametrization } from './define.ts';
import { chosenWeights, foldedAt, updatedWeights, updateOptions } from './support/updates.ts';
import type { Weight } from './types.ts';

/**
 * A weight as it was, and beside it a product of two thin matrices that are trained.
 *
 *     W = W₀ + s·B·A,   B m × r, 0 at first;   A r × k, normal with variance 1/k
 *
 * W₀ m × k, r at most `rank`, m and k: r·(m + k) numbers in the place of m·k. Weights of more axes are folded into a
 * matrix: `outputs` takes the first axis as rows, `halves` the first half of the axes, for a convolution
 * (outputs·height) × (width·inputs), as loralib does. Biases stay, or are trained too (`biases`). Rows of a table that is
 * `byRows` are all moved, so that a step costs as much as the table.
 *
 * @remarks Use it to fit a model to new data where there are few of them, or where many versions of one model are kept:
 * each is a delta of few numbers. `tucker` keeps the axes of convolutions apart. The rate that fits is larger than that of
 * training the weights themselves, often ten times.
 * @example
 * import { mlp } from 'tammes/learning';
 * import { lora } from 'tammes/parametrizations';
 *
 * const { parameters } = mlp({ name: 'net', sizes: [64, 32, 10] });
 * const { trained, of } = await lora(parameters, { rank: 2 });
 * console.log(trained, of); // 276 2410
 * @function
 */
export const lora = /* @__PURE__ */ defineParametrization({
  id: 'lora',
  title: 'Low-rank update (LoRA)',
  summary: 'Each weight as it was plus a trained product of two thin matrices.',
  references: [
    cite(sources.lowRankAdaptation, 'section 4.1'),
    cite(papers.flora, 'the baseline: kernels flattened into matrices'),
  ],
  deviations: [
    'A is normal with variance 1/k, as the paper says; loralib draws it uniformly, with a third of that variance.',
    'The factor s does not depend on the rank; the paper’s α is s·r.',
    'There is no dropout before A.',
  ],
  options: {
    rank: integer(4, 'Columns of B and rows of A; no more than the weight has.', {
      min: 1,
      symbol: 'r',
    }),
    fold: choice(
      ['outputs', 'halves'],
      'outputs',
      'How weights of more than two axes become matrices: outputs × others, or half of the axes each.',
    ),
    ...updateOptions(1),
  },
  build(weights, { rank, fold, ...options }, { random, numbers }) {
    const sizeOf = ({ shape }: Weight) =>
      foldedAt(shape, fold === 'outputs' ? 1 : Math.ceil(shape.length / 2));
    const chosen = chosenWeights('lora', weights, options.which);
    const most = Math.max(...chosen.map((weight) => Math.min(...sizeOf(weight))));
    if (rank > most)
      throw new OptionError('lora', 'rank', `at most ${most}, which is a full rank here`, rank);
    return updatedWeights('lora', weights, options, { numbers }, (weight) => {
      const [m, k] = sizeOf(weight);
      const r = Math.min(rank, m, k);
      const stream = random.fork(weight.name);
      const down = numbers(r * k);
      for (let e = 0; e < down.length; e++) down[e] = stream.normal() / Math.sqrt(k);
      const a = parameter(`${weight.name}.lora.a`, down, [r, k]);
      const b = parameter(`${weight.name}.lora.b`, numbers(m * r), [m, r]);
      return { delta: reshape(matmul(b, a), weight.shape), parameters: [a, b] };
    });
  },
});
