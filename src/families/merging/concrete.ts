import type { Floats } from '../../core/matrix.ts';
import { log as naturalLog } from '../../core/numeric.ts';
import type { Random } from '../../core/random.ts';
import {
  add,
  constant,
  evaluate,
  exp,
  log,
  mean,
  multiply,
  normalizeRows,
  parameter,
  scaleBy,
  scale as scaled,
  sigmoid,
  type Tensor,
  Workspace,
} from '../../learning/index.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { choice, integer, number, seedOption } from '../../method/options.ts';
import { defineMerger } from './define.ts';
import { learn, learningOptions } from './support/learned.ts';
import { byName, summedVectors } from './support/task-vectors.ts';
import type { TensorVersions } from './types.ts';

/** Added to the mean of a mask, so that one without a number in it drops the tensor's movement. */
const NOTHING = 1e-30;

/**
 * Task arithmetic under one soft mask that all models share and that is learned from rows without labels.
 *
 *     m = σ((x + log u − log(1 − u))/T),   θ = θ₀ + (m/mean m) ∘ λ Σ_i τ_i
 *
 * with τ_i = θ_i − θ₀, x a logit for each number, u uniform draws, new ones each step, T `temperature`, and mean m taken
 * tensor by tensor. The loss is a function of the merged weights, on the tape, such as the entropy of their predictions,
 * summed over the tasks (`predictionEntropy`). The mask at the end is drawn once more, drawn and rounded (`binary`), or
 * σ(x) (`probabilities`). With `heldOut` the step is kept where that is lowest.
 *
 * @remarks Not to be used first: on small networks a lower entropy made merged models sure and wrong
 * ([the study](../../studies/concrete-subspace-learning.md)); `task-arithmetic` with its scale chosen on rows is simpler.
 * In a program alone: a file of weights does not say what its network is. O(steps·p) besides the loss.
 * @example
 * import { mean, parameter, square } from 'tammes/learning';
 * import { concrete } from 'tammes/merging';
 *
 * const model = (...w: number[]) => ({ kind: 'line', settings: {}, parameters: [parameter('w', Float32Array.from(w), [2])] });
 * const loss = (weights: ReadonlyMap<string, Parameters<typeof square>[0]>) => mean(square(weights.get('w')!));
 * // The second number makes the loss large: the mask turns to the first.
 * const options = { steps: 300, learningRate: 0.05, mask: 'probabilities' } as const;
 * const { model: merged } = await concrete({ base: model(0, 0), models: [model(1, 9)], loss }, options);
 * console.log(merged.parameters[0].data[1] < 1); // true
 * @function
 */
export const concrete = /* @__PURE__ */ defineMerger({
  id: 'concrete',
  title: 'Concrete subspace learning',
  summary: 'Task arithmetic under a shared soft mask, learned by a loss without labels.',
  references: [cite(papers.concreteSubspaceLearning, 'Concrete Task Arithmetic, and its code')],
  options: {
    scale: number(0.3, 'What each task vector is multiplied by.', {
      min: -100,
      max: 100,
      symbol: 'λ',
    }),
    temperature: number(0.5, 'How soft the mask is.', { min: 0.01, max: 100, symbol: 'T' }),
    logit: number(0, 'Where the logits begin.', { min: -20, max: 20, symbol: 'x' }),
    mask: choice(
      ['drawn', 'binary', 'probabilities'],
      'drawn',
      'The mask of the result: drawn as while it learns, drawn and rounded, or its logits as probabilities.',
    ),
    ...learningOptions,
    steps: integer(2000, 'Steps of learning; 0 learns nothing.', { min: 0, max: 1e6 }),
    seed: seedOption(),
  },
  deviations: [
    'The weights λ stay; the paper’s Concrete AdaMerging learns them as well, in an inner loop.',
  ],
  needsBase: true,
  learns: true,
  async merge(
    { tensors, names },
    { scale, temperature, logit, mask, steps, learningRate },
    context,
  ) {
    const scales = names.map(() => scale);
    const logits = byName(tensors, ({ name, base, shape }) =>
      parameter(`logits.${name}`, numbersLike(base).fill(logit), shape),
    );
    const moves = byName(tensors, (tensor) => {
      return constant(numbersLike(tensor.base, summedVectors(tensor, scales)), tensor.shape);
    });
    const last = context.random.fork('mask');
    const maskOf = (tensor: TensorVersions, random: Random | undefined): Tensor => {
      const own = logits.get(tensor.name) as Tensor;
      if (!random && mask === 'probabilities') return sigmoid(own);
      const noise = constant(
        logisticNoise(tensor, (random ?? last).fork(tensor.name)),
        tensor.shape,
      );
      const drawn = add(own, noise);
      return !random && mask === 'binary'
        ? rounded(drawn)
        : sigmoid(scaled(drawn, 1 / temperature));
    };
    const weights = (random?: Random) =>
      byName(tensors, (tensor) =>
        masked(tensor, moves.get(tensor.name) as Tensor, maskOf(tensor, random)),
      );
    const facts = await learn(
      { id: 'concrete', parameters: [...logits.values()], weights, steps, learningRate },
      context,
    );
    const workspace = new Workspace(await context.engine());
    const masks = new Map<string, Floats>();
    for (const tensor of tensors)
      masks.set(tensor.name, await evaluate(maskOf(tensor, undefined), workspace));
    const sizes = [...masks.values()].map((own) => own.length);
    const means = [...masks.values()].map(meanOf);
    return {
      weights: byName(tensors, (tensor) =>
        finallyMasked(tensor, summedVectors(tensor, scales), masks.get(tensor.name) ?? []),
      ),
      facts: { ...facts, meanMask: weightedMean(means, sizes) },
    };
  },
});

/** The same in float64, with a mask that is known. */
function finallyMasked(
  { base }: TensorVersions,
  move: Float64Array,
  mask: ArrayLike<number>,
): Float64Array {
  const inverse = 1 / (meanOf(mask) + NOTHING);
  return move.map((own, e) => base[e] + own * mask[e] * inverse);
}

function weightedMean(values: readonly number[], weights: readonly number[]): number {
  const sum = values.reduce((total, value, i) => total + weights[i] * value, 0);
  return sum / weights.reduce((total, weight) => total + weight, 0);
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let e = 0; e < values.length; e++) sum += values[e];
  return sum / values.length;
}

/** θ₀ + (m/mean m) ∘ move. */
function masked({ base, shape, manifold }: TensorVersions, move: Tensor, mask: Tensor): Tensor {
  const nothing = constant(numbersLike(base, [NOTHING]), []);
  const inverse = exp(scaled(log(add(mean(mask), nothing)), -1));
  const merged = add(constant(base, shape), scaleBy(multiply(move, mask), inverse));
  return manifold ? normalizeRows(merged) : merged;
}

/** log u − log(1 − u) for each number. */
function logisticNoise({ base }: TensorVersions, random: Random): Floats {
  const noise = numbersLike(base);
  for (let e = 0; e < noise.length; e++) {
    const u = (random.uint32() + 0.5) / 2 ** 32;
    noise[e] = naturalLog(u) - naturalLog(1 - u);
  }
  return noise;
}

/** 1 where a number is above 0, else 0: so steep a sigmoid has no slope left. */
function rounded(x: Tensor): Tensor {
  return sigmoid(scaled(x, 1e30));
}

function numbersLike(like: Floats, values?: ArrayLike<number>): Floats {
  const make = like.constructor as new (values: number | ArrayLike<number>) => Floats;
  return new make(values ?? like.length);
}
