import type { Tensor } from '../tape/tensor.ts';
import { elementwise } from './elementwise.ts';

/** The natural logarithm; −∞ at 0 and NaN below, as `Math.log`. */
export function log(x: Tensor): Tensor {
  return elementwise(
    'log',
    x,
    (a, y) => {
      for (let e = 0; e < y.length; e++) y[e] = Math.log(a[e]);
    },
    (a, _, gradient, to) => {
      for (let e = 0; e < to.length; e++) to[e] = gradient[e] / a[e];
    },
  );
}
