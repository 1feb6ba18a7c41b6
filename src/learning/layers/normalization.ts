import { layerNorm } from '../operations/layer-norm.ts';
import { parameter } from '../tape/parameter.ts';
import type { Tensor } from '../tape/tensor.ts';
import { type LayerOptions, numbers } from './initial.ts';
import { type Layer, layer } from './layer.ts';

export interface NormalizationOptions extends LayerOptions {
  readonly cols: number;
}

/** Layer normalization with `NAME.weight`, which begins at 1, and `NAME.bias`, at 0. */
export function normalization({ name, cols, float64 }: NormalizationOptions): Layer {
  const gain = parameter(`${name}.weight`, numbers(cols, float64).fill(1), [cols]);
  const bias = parameter(`${name}.bias`, numbers(cols, float64), [cols]);
  return layer([gain, bias], (x: Tensor) => layerNorm(x, gain, bias));
}
