import { sizeOf, type Tensor } from '../tape/tensor.ts';
import { scale } from './scale.ts';
import { sum } from './sum.ts';

/** The mean of all numbers of x. */
export function mean(x: Tensor): Tensor {
  return scale(sum(x), 1 / sizeOf(x.shape));
}
