import { OptionError } from '../../core/errors.ts';
import { matmul, parameter, reshape, type Tensor, transpose } from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { integer } from '../../method/options.ts';
import { defineParametrization } from './define.ts';
import { chosenWeights, foldedAt, updatedWeights, updateOptions } from './support/updates.ts';
import type { Weight } from './types.ts';

/**
 * A weight as it was, and beside it a small core, stretched along each axis by a thin matrix (FLoRA).
 *
 *     W = W₀ + s·G ×₁ U₁ ×₂ … ×ₙ Uₙ,   G r₁ × … × rₙ, 0 at first;   Uᵢ dᵢ × rᵢ, normal with variance 1/(2rᵢ)
 *
 * W₀ d₁ × … × dₙ; r of the first and the last axis `rank`, of those between `windowRank`, none above dᵢ: ∏rᵢ + Σdᵢrᵢ
 * numbers are trained. A kernel outputs × height × width × inputs keeps its axes; `lora` folds it into a matrix. With
 * two axes it is U₁·G·U₂ᵀ, LoRA with a core. At first a gradient reaches G alone.
 *
 * @remarks Use it for convolutions: their height and width take few numbers. For dense weights `lora` says the same with one
 * matrix less. `tuckerOf` in the numerics finds the core and factors of a tensor that is known.
 * @example
 * import { convolution } from 'tammes/learning';
 * import { tucker } from 'tammes/parametrizations';
 *
 * const { parameters } = convolution({ name: 'net', inputs: 16, outputs: 32 });
 * const { trained, of } = await tucker(parameters, { rank: 4 });
 * console.log(trained, of); // 268 4640
 * @function
 */
export const tucker = /* @__PURE__ */ defineParametrization({
  id: 'tucker',
  title: 'Low-rank core space (FLoRA, a Tucker decomposition)',
  summary: 'Each weight as it was plus a trained core with one thin matrix an axis.',
  references: [cite(papers.flora, 'the update; start and scale of the official code')],
  deviations: [
    'There is no dropout before the update.',
    'The code’s form of one axis, for embeddings, is not here; `biases` trains weights of one axis as they are.',
  ],
  options: {
    rank: integer(4, 'Length of the core along the first and the last axis.', {
      min: 1,
      symbol: 'r',
    }),
    windowRank: integer(
      2,
      'Length of the core along the axes between: height and width of a kernel.',
      {
        min: 1,
      },
    ),
    ...updateOptions(4),
  },
  build(weights, { rank, windowRank, ...options }, { random, numbers }) {
    const chosen = chosenWeights('tucker', weights, options.which);
    requireRank(
      'rank',
      rank,
      chosen.flatMap(({ shape }) => [shape[0], shape.at(-1) ?? 0]),
    );
    const between = chosen.flatMap(({ shape }) => shape.slice(1, -1));
    if (between.length > 0) requireRank('windowRank', windowRank, between);
    return updatedWeights('tucker', weights, options, { numbers }, ({ name, shape }: Weight) => {
      const ranks = shape.map((d, axis) =>
        Math.min(d, axis === 0 || axis === shape.length - 1 ? rank : windowRank),
      );
      const length = ranks.reduce((product, r) => product * r, 1);
      const core = parameter(`${name}.tucker.core`, numbers(length), ranks);
      const factors = shape.map((d, axis) => {
        const r = ranks[axis];
        const stream = random.fork(`${name}, axis ${axis}`);
        const data = numbers(d * r);
        for (let e = 0; e < data.length; e++) data[e] = stream.normal() / Math.sqrt(2 * r);
        return parameter(`${name}.tucker.${axis}`, data, [d, r]);
      });
      return { delta: stretched(core, factors), parameters: [core, ...factors] };
    });
  },
});

/** G ×₁ U₁ … ×ₙ Uₙ: each product makes its axis the last, so that after all of them the first is the first again. */
function stretched(core: Tensor, factors: readonly Tensor[]): Tensor {
  return factors.reduce((now, factor) => {
    const [r, rest] = foldedAt(now.shape, 1);
    const product = matmul(transpose(reshape(now, [r, rest])), factor, { transposeB: true });
    return reshape(product, [...now.shape.slice(1), factor.shape[0]]);
  }, core);
}

function requireRank(name: string, rank: number, lengths: readonly number[]): void {
  const most = Math.max(...lengths);
  if (rank > most)
    throw new OptionError('tucker', name, `at most ${most}, the longest of these axes`, rank);
}
