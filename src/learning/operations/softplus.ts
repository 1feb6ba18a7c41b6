import type { Tensor } from '../tape/tensor.ts';
import { elementwise } from './elementwise.ts';
import { logistic } from './sigmoid.ts';

/** log(1 + e^x), a smooth max(x, 0). */
export function softplus(x: Tensor): Tensor {
  return elementwise(
    'softplus',
    x,
    (a, y) => {
      for (let e = 0; e < y.length; e++) y[e] = logOfOnePlusExp(a[e]);
    },
    (a, _, gradient, to) => {
      for (let e = 0; e < to.length; e++) to[e] = gradient[e] * logistic(a[e]);
    },
  );
}

/** log(1 + e^x): e^x alone overflows where the result is x. */
export function logOfOnePlusExp(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
