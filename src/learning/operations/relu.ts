import type { Tensor } from '../tape/tensor.ts';
import { elementwise } from './elementwise.ts';

/** max(x, 0). The slope at 0 is 0. */
export function relu(x: Tensor): Tensor {
  return elementwise(
    'relu',
    x,
    (a, y) => {
      for (let e = 0; e < y.length; e++) y[e] = a[e] > 0 ? a[e] : 0;
    },
    (a, _, gradient, to) => {
      for (let e = 0; e < to.length; e++) to[e] = a[e] > 0 ? gradient[e] : 0;
    },
  );
}
