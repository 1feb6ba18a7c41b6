import {
  add,
  concat,
  constant,
  dense,
  gelu,
  linear,
  type Parameter,
  sliceColumns,
  type Tensor,
} from '../../../learning/index.ts';

/** Blocks x ← x̃ + V·gelu(U·x + u) + v, x̃ the row cut or filled up with zeros to the length of the output. */
export interface ResidualShape {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  /** Rows of U. */
  readonly hidden: number;
  readonly blocks: number;
}

/** Where the weights of a network come from, by name. */
export type Weights = (name: string) => Tensor;

interface Begin {
  readonly seed: number;
  readonly float64: boolean;
}

/** First weights: V is 0, so that the network is x̃. */
export function residualWeights(
  { name, inputs, outputs, hidden, blocks }: ResidualShape,
  begin: Begin,
): Parameter[] {
  return Array.from({ length: blocks }, (_, block) => {
    const from = block === 0 ? inputs : outputs;
    const [inner, outer] = [`${name}.${block}.inner`, `${name}.${block}.outer`];
    return [
      dense({ name: inner, inputs: from, outputs: hidden, initial: 'he', ...begin }),
      dense({ name: outer, inputs: hidden, outputs, initial: 'zeros', ...begin }),
    ].flatMap(({ parameters }) => parameters);
  }).flat();
}

export function residual({ name, outputs, blocks }: ResidualShape, weights: Weights, x: Tensor) {
  const by = (layer: string, input: Tensor) =>
    linear(input, weights(`${layer}.weight`), weights(`${layer}.bias`));
  let y = x;
  for (let block = 0; block < blocks; block++) {
    const branch = by(`${name}.${block}.outer`, gelu(by(`${name}.${block}.inner`, y)));
    y = add(fitted(y, outputs), branch);
  }
  return y;
}

function fitted(x: Tensor, cols: number): Tensor {
  const [n, d] = x.shape as [number, number];
  if (d === cols) return x;
  if (d > cols) return sliceColumns(x, 0, cols);
  const like = new (elementsOf(x))(n * (cols - d));
  return concat(x, constant(like, [n, cols - d]));
}

function elementsOf(x: Tensor): Float32ArrayConstructor | Float64ArrayConstructor {
  if (x.data) return x.data instanceof Float64Array ? Float64Array : Float32Array;
  return elementsOf(x.inputs[0]);
}
