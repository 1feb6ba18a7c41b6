import type { Tensor } from '../tape/tensor.ts';
import { elementwise } from './elementwise.ts';

/** x². */
export function square(x: Tensor): Tensor {
  return elementwise(
    'square',
    x,
    (a, y) => {
      for (let e = 0; e < y.length; e++) y[e] = a[e] * a[e];
    },
    (a, _, gradient, to) => {
      for (let e = 0; e < to.length; e++) to[e] = 2 * a[e] * gradient[e];
    },
  );
}
