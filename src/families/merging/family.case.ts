import { Random } from '../../core/random.ts';
import {
  constant,
  linear,
  type Model,
  mlpModel,
  parameter,
  relu,
  type Tensor,
} from '../../learning/index.ts';
import type { SmallProblem } from '../../testing/small-problem.ts';
import { predictionEntropy } from './support/prediction-entropy.ts';
import type { MergedWeights, MergerInput } from './types.ts';

const SIZES = [3, 4, 2];
const few = { steps: 3, learningRate: 0.1 };

const OWN: Readonly<Record<string, Partial<SmallProblem>>> = {
  adamerging: { options: few },
  concrete: { options: few },
};

/** A small network, and three that are not far from it. */
export function smallProblem(id: string): SmallProblem {
  const learns = id in OWN;
  const base = mlpModel({ sizes: SIZES });
  const models = [1, 2, 3].map((seed) => movedModel(base, seed));
  const input: MergerInput = { models, base, ...(learns && { loss: smallEntropy }) };
  return { input, ...OWN[id] };
}

function movedModel({ kind, settings, parameters }: Model, seed: number): Model {
  const random = Random.fromSeed(seed);
  const moved = parameters.map(({ name, data, shape }) =>
    parameter(
      name,
      data.map((x) => x + 0.2 * random.normal()),
      shape,
    ),
  );
  return { kind, settings, parameters: moved };
}

/** How undecided a network of these weights is about six rows. */
function smallEntropy(weights: MergedWeights): Tensor {
  const [w0, b0, w1, b1] = ['0.weight', '0.bias', '1.weight', '1.bias'].map(
    (name) => weights.get(`mlp.${name}`) as Tensor,
  );
  const rows = Array.from({ length: 18 }, (_, e) => ((e * 5) % 7) - 3);
  const data = isWide(w0) ? Float64Array.from(rows) : Float32Array.from(rows);
  const hidden = relu(linear(constant(data, [6, 3]), w0, b0));
  return predictionEntropy(linear(hidden, w1, b1));
}

function isWide(tensor: Tensor): boolean {
  return tensor.data ? tensor.data instanceof Float64Array : isWide(tensor.inputs[0]);
}
