import type { Tensor } from '../tape/tensor.ts';
import { activation } from './activation.ts';

/** max(x, 0). The slope at 0 is 0; NaN stays NaN. */
export function relu(x: Tensor): Tensor {
  return activation('relu', x);
}
