import { Random } from '../../core/random.ts';
import { conv2d } from '../operations/conv2d.ts';
import type { WindowOptions } from '../operations/windows.ts';
import { parameter } from '../tape/parameter.ts';
import type { Tensor } from '../tape/tensor.ts';
import { initialWeights, type LayerOptions, numbers } from './initial.ts';
import { type Layer, layer } from './layer.ts';

export interface ConvolutionOptions extends LayerOptions, WindowOptions {
  /** Channels that come in, and go out. */
  readonly inputs: number;
  readonly outputs: number;
  /** Pixels of a side of the window; default 3. */
  readonly kernel?: number | undefined;
}

/** Convolution of n × h × w × inputs, with `NAME.weight` (outputs × kernel × kernel × inputs, `he`) and `NAME.bias`. */
export function convolution({
  name,
  inputs,
  outputs,
  kernel = 3,
  seed = 0,
  float64,
  ...windows
}: ConvolutionOptions): Layer {
  const own = `${name}.weight`;
  const seen = kernel * kernel * inputs;
  const values = initialWeights(outputs, seen, 'he', Random.fromSeed(seed).fork(own), float64);
  const weight = parameter(own, values, [outputs, kernel, kernel, inputs]);
  const bias = parameter(`${name}.bias`, numbers(outputs, float64), [outputs]);
  return layer([weight, bias], (x: Tensor) => conv2d(x, weight, bias, windows));
}
