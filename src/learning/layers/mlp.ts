import { OptionError } from '../../core/errors.ts';
import { relu } from '../operations/relu.ts';
import type { Tensor } from '../tape/tensor.ts';
import { dense } from './dense.ts';
import type { LayerOptions } from './initial.ts';
import { type Layer, layer } from './layer.ts';

export interface MlpOptions extends LayerOptions {
  /** Lengths of the rows from the input to the output, two at least: [784, 512, 10]. */
  readonly sizes: readonly number[];
  /** Between the layers; default relu. */
  readonly activation?: ((x: Tensor) => Tensor) | undefined;
}

/**
 * Dense layers `NAME.0`, `NAME.1`, … with an activation between each and the next. All begin as `he` but the last, behind
 * which no relu stands: `glorot`.
 */
export function mlp({ name, sizes, activation = relu, ...rest }: MlpOptions): Layer {
  if (sizes.length < 2) throw new OptionError('mlp', 'sizes', 'two lengths or more', sizes);
  const last = sizes.length - 2;
  const layers = sizes.slice(1).map((outputs, i) =>
    dense({
      ...rest,
      name: `${name}.${i}`,
      inputs: sizes[i],
      outputs,
      initial: i === last ? 'glorot' : 'he',
    }),
  );
  return layer(
    layers.flatMap(({ parameters }) => parameters),
    (x: Tensor) => layers.reduce((y, next, i) => (i === last ? next(y) : activation(next(y))), x),
  );
}
