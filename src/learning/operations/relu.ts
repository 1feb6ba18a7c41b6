import type { Tensor } from '../tape/tensor.ts';
import { elementwise } from './elementwise.ts';

/** max(x, 0), of finite x. The slope at 0 is 0. */
export function relu(x: Tensor): Tensor {
  return elementwise(
    'relu',
    x,
    (a, y) => {
      // Exact, and without a branch, which signs at random would mispredict half the time.
      for (let e = 0; e < y.length; e++) y[e] = 0.5 * (a[e] + Math.abs(a[e]));
    },
    (a, _, gradient, to) => {
      for (let e = 0; e < to.length; e++) to[e] = gradient[e] * Number(a[e] > 0);
    },
  );
}
