import { sizeOf, type Tensor } from '../tape/tensor.ts';
import { scale } from './scale.ts';
import { sum } from './sum.ts';

/**
 * The mean of all numbers of x; with an axis, along it alone, and the axis is gone.
 *
 * @param axis 0 for the slowest: the mean over rows
 */
export function mean(x: Tensor, axis?: number): Tensor {
  const total = sum(x, axis);
  return scale(total, sizeOf(total.shape) / sizeOf(x.shape));
}
