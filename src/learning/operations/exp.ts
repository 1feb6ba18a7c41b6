import type { Tensor } from '../tape/tensor.ts';
import { elementwise } from './elementwise.ts';

/** e^x. */
export function exp(x: Tensor): Tensor {
  return elementwise(
    'exp',
    x,
    (a, y) => {
      for (let e = 0; e < y.length; e++) y[e] = Math.exp(a[e]);
    },
    (_, y, gradient, to) => {
      for (let e = 0; e < to.length; e++) to[e] = gradient[e] * y[e];
    },
  );
}
