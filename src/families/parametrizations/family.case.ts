import { Random } from '../../core/random.ts';
import { parameter, type Shape } from '../../learning/index.ts';
import type { SmallProblem } from '../../testing/small-problem.ts';

/** Options of methods that need others than the defaults on so small a model. */
const OWN: Readonly<Record<string, Partial<SmallProblem>>> = {
  householder: { options: { rank: 2 } },
  hypercomplex: { options: { parts: 2 } },
  lora: { options: { rank: 2, biases: true } },
  'random-subspace': { options: { directions: 20, ensemble: 'dense' } },
  tucker: { options: { rank: 2, windowRank: 2 } },
  'word-span': { options: { basis: 3 } },
};

/** The weights of a small network: dense, convolution, bias, and a table by rows. */
export function smallProblem(id: string): SmallProblem {
  const random = Random.fromSeed(1);
  const drawn = (name: string, shape: Shape, byRows = false) => {
    const data = new Float64Array(shape.reduce((product, length) => product * length, 1));
    return parameter(
      name,
      data.map(() => random.normal()),
      shape,
      { byRows },
    );
  };
  return {
    input: [
      drawn('convolution.weight', [4, 3, 3, 2]),
      drawn('convolution.bias', [4]),
      drawn('dense.weight', [6, 8]),
      drawn('table.weight', [12, 4], true),
    ],
    ...OWN[id],
  };
}
