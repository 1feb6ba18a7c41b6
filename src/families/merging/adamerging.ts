import type { Floats } from '../../core/matrix.ts';
import {
  add,
  constant,
  matmul,
  normalizeRows,
  type Parameter,
  parameter,
  reshape,
  type Tensor,
} from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { choice, number, seedOption } from '../../method/options.ts';
import { defineMerger } from './define.ts';
import { learn, learningOptions } from './support/learned.ts';
import { byName, taskVectors, withTaskVectors } from './support/task-vectors.ts';
import type { TensorVersions } from './types.ts';

/**
 * Task arithmetic whose weights are learned from rows without labels.
 *
 *     θˡ = θ₀ˡ + Σ_i λ_iˡ·τ_iˡ,   λ moves down the gradient of the loss, and stays in [0, 1]
 *
 * with τ_i = θ_i − θ₀ and l a tensor of the model; `by: task` has one λ_i for all tensors. The loss is a function of
 * the merged weights, on the tape, such as the entropy of their predictions, summed over the tasks
 * (`predictionEntropy`). With `heldOut` the step is kept where that is lowest.
 *
 * @remarks Use it where rows of every task are at hand and labels are not. Low entropy does not mean right: networks
 * that are sure of everything have it, too. Give `heldOut` a loss with a term that keeps classes in balance, and few
 * steps. In a program alone: a file of weights does not say what its network is. O(steps·m·p) besides the loss.
 * @example
 * import { meanSquaredError, constant, parameter } from 'tammes/learning';
 * import { adamerging } from 'tammes/merging';
 *
 * const model = (w: number) => ({ kind: 'line', settings: {}, parameters: [parameter('w', Float32Array.of(w), [1])] });
 * const loss = (weights: ReadonlyMap<string, Parameters<typeof meanSquaredError>[0]>) =>
 *   meanSquaredError(weights.get('w')!, constant(Float32Array.of(2)));
 * const { model: merged } = await adamerging({ base: model(0), models: [model(4)], loss }, { steps: 200, learningRate: 0.02 });
 * console.log(merged.parameters[0].data[0].toFixed(1)); // 2.0
 * @function
 */
export const adamerging = /* @__PURE__ */ defineMerger({
  id: 'adamerging',
  title: 'AdaMerging',
  summary: 'Task arithmetic with weights learned by a loss without labels.',
  references: [cite(sources.adaMerging, 'task-wise and layer-wise AdaMerging')],
  options: {
    by: choice(
      ['layer', 'task'],
      'layer',
      'A weight for each tensor of each model, or one a model.',
    ),
    scale: number(0.3, 'Where the weights begin.', { min: 0, max: 1, symbol: 'λ' }),
    ...learningOptions,
    seed: seedOption(),
  },
  deviations: [
    'A weight that would leave [0, 1] is put back to the end it passed; in the authors’ code it goes on outside without a gradient.',
  ],
  needsBase: true,
  learns: true,
  async merge({ tensors, names }, { by, scale, steps, learningRate }, context) {
    const shared =
      by === 'task' ? weightsOf('weights', names.length, scale, tensors[0]) : undefined;
    const own = byName(
      tensors,
      (tensor) => shared ?? weightsOf(`weights.${tensor.name}`, names.length, scale, tensor),
    );
    const parameters = shared ? [shared] : [...own.values()];
    const sums = byName(tensors, weightedSum);
    const facts = await learn(
      {
        id: 'adamerging',
        parameters,
        weights: () =>
          byName(tensors, ({ name }) => (sums.get(name) as WeightedSum)(own.get(name) as Tensor)),
        onStep: () => parameters.forEach(clampInPlace),
        steps,
        learningRate,
      },
      context,
    );
    const all = parameters.flatMap(({ data }) => [...data]);
    return {
      weights: byName(tensors, (tensor) =>
        withTaskVectors(tensor, own.get(tensor.name)?.data ?? []),
      ),
      facts: { ...facts, lowestWeight: Math.min(...all), highestWeight: Math.max(...all) },
    };
  },
});

function weightsOf(name: string, m: number, scale: number, { base }: TensorVersions): Parameter {
  const data = new (base.constructor as new (n: number) => Floats)(m).fill(scale);
  return parameter(name, data, [1, m]);
}

type WeightedSum = (weights: Tensor) => Tensor;

/** θ₀ + λ·T as a tensor, with λ 1 × m and T m × p the task vectors. */
function weightedSum(versions: TensorVersions): WeightedSum {
  const { base, shape, manifold } = versions;
  const vectors = taskVectors(versions);
  const rows = new (base.constructor as new (n: number) => Floats)(vectors.length * base.length);
  vectors.forEach((vector, i) => {
    rows.set(vector, i * base.length);
  });
  const matrix = constant(rows, [vectors.length, base.length]);
  const start = constant(base, shape);
  return (weights) => {
    const merged = add(start, reshape(matmul(weights, matrix), shape));
    return manifold ? normalizeRows(merged) : merged;
  };
}

function clampInPlace({ data }: Parameter): void {
  for (let i = 0; i < data.length; i++) data[i] = Math.min(1, Math.max(0, data[i]));
}
