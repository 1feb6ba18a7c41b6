import type { Tensor } from '../tape/tensor.ts';
import { elementwise } from './elementwise.ts';

/** tanh x. */
export function tanh(x: Tensor): Tensor {
  return elementwise(
    'tanh',
    x,
    (a, y) => {
      for (let e = 0; e < y.length; e++) y[e] = Math.tanh(a[e]);
    },
    (_, y, gradient, to) => {
      for (let e = 0; e < to.length; e++) to[e] = gradient[e] * (1 - y[e] * y[e]);
    },
  );
}
