import { constant, linear, type Parameter, relu, type Tensor } from '../../../learning/index.ts';

/** The network of an `mlp` whose weights and biases are given in turn, as `parameters` of one has them. */
export function perceptron(x: Tensor, weights: readonly Tensor[]): Tensor {
  let y = x;
  for (let i = 0; i < weights.length; i += 2) {
    const z = linear(y, weights[i], weights[i + 1]);
    y = i + 2 < weights.length ? relu(z) : z;
  }
  return y;
}

/** The same numbers where they are, as constants: gradients go past them, and training does not move them. */
export function frozen(parameters: readonly Parameter[]): readonly Tensor[] {
  return parameters.map(({ data, shape }) => constant(data, shape));
}
