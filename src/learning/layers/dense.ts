import { Random } from '../../core/random.ts';
import { linear } from '../operations/linear.ts';
import { parameter } from '../tape/parameter.ts';
import { type Initial, initialWeights, type LayerOptions, numbers } from './initial.ts';
import { type Layer, layer } from './layer.ts';

export interface DenseOptions extends LayerOptions {
  readonly inputs: number;
  readonly outputs: number;
  /** Default true. */
  readonly bias?: boolean | undefined;
  /** Default `glorot`. */
  readonly initial?: Initial | undefined;
}

/** x·Wᵀ + b, with `NAME.weight` (outputs × inputs) and `NAME.bias`, which begins at 0. */
export function dense({
  name,
  inputs,
  outputs,
  bias = true,
  initial = 'glorot',
  seed = 0,
  float64,
}: DenseOptions): Layer {
  const own = `${name}.weight`;
  const values = initialWeights(outputs, inputs, initial, Random.fromSeed(seed).fork(own), float64);
  const weight = parameter(own, values, [outputs, inputs]);
  const shift = bias ? parameter(`${name}.bias`, numbers(outputs, float64), [outputs]) : undefined;
  return layer(shift ? [weight, shift] : [weight], (x) => linear(x, weight, shift));
}
