import { Random } from '../core/random.ts';
import { referenceEngine } from '../engine/reference.ts';
import { multiply, sum } from '../learning/operations/index.ts';
import { gradientsOf } from '../learning/tape/evaluate.ts';
import { type Parameter, parameter } from '../learning/tape/parameter.ts';
import { constant, type Shape, sizeOf, type Tensor } from '../learning/tape/tensor.ts';
import { Workspace } from '../learning/tape/workspace.ts';

const FIRST_STEP = 2 ** -7;
const HALVINGS = 4;

/**
 * How much the Taylor remainder |f(x + h·v) − f(x) − h⟨g, v⟩| shrinks each time h is halved, in float64: 4 for a
 * right gradient, 2 for a wrong one. f is a random weighting of the outputs of `build`; all inputs move at once.
 * A function that is linear along v has a remainder of rounding errors: Infinity stands for those.
 *
 * @param inputs a shape for normal numbers, or a parameter, moved where it stands
 */
export async function gradientRatios(
  build: (...inputs: Parameter[]) => Tensor,
  inputs: readonly (Shape | Parameter)[],
  seed = 1,
): Promise<number[]> {
  const random = Random.fromSeed(seed);
  const leaves = inputs.map((input, i) =>
    'name' in input ? input : parameter(`input ${i}`, normals(random, input), input),
  );
  const start = leaves.map(({ data }) => data.slice());
  const direction = leaves.map(({ shape }) => normals(random, shape));
  const weights = normals(random, build(...leaves).shape);
  const workspace = new Workspace(referenceEngine);
  const loss = () => {
    const y = build(...leaves);
    return sum(multiply(y, constant(weights, y.shape)));
  };
  const { loss: base, gradients } = await gradientsOf(loss(), workspace);
  let slope = 0;
  leaves.forEach((leaf, i) => {
    const gradient = gradients.get(leaf);
    gradient?.data.forEach((g, e) => {
      const d = leaf.data.length / leaf.shape[0];
      const at = gradient.rows ? gradient.rows[Math.floor(e / d)] * d + (e % d) : e;
      slope += g * direction[i][at];
    });
  });
  const remainders: number[] = [];
  for (let halving = 0; halving <= HALVINGS; halving++) {
    const h = FIRST_STEP / 2 ** halving;
    leaves.forEach(({ data }, i) => {
      data.forEach((_, e) => {
        data[e] = start[i][e] + h * direction[i][e];
      });
    });
    remainders.push(Math.abs((await gradientsOf(loss(), workspace)).loss - base - h * slope));
  }
  leaves.forEach(({ data }, i) => {
    data.set(start[i]);
  });
  const noise = 1e-11 * (1 + Math.abs(base));
  return remainders
    .slice(1)
    .map((remainder, i) =>
      remainders[i] < noise ? Number.POSITIVE_INFINITY : remainders[i] / remainder,
    );
}

/** Standard normal numbers, float64. */
export function normals(random: Random, shape: Shape): Float64Array {
  return Float64Array.from({ length: sizeOf(shape) }, () => random.normal());
}
