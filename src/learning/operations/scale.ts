import type { Tensor } from '../tape/tensor.ts';
import { elementwise } from './elementwise.ts';

/** factor · x, the factor a known number. */
export function scale(x: Tensor, factor: number): Tensor {
  return elementwise(
    'scale',
    x,
    (a, y) => {
      for (let e = 0; e < y.length; e++) y[e] = factor * a[e];
    },
    (_, __, gradient, to) => {
      for (let e = 0; e < to.length; e++) to[e] = factor * gradient[e];
    },
  );
}
