import type { Tensor } from '../tape/tensor.ts';
import { elementwise } from './elementwise.ts';

/** σ(x) = 1/(1 + e^−x). */
export function sigmoid(x: Tensor): Tensor {
  return elementwise(
    'sigmoid',
    x,
    (a, y) => {
      for (let e = 0; e < y.length; e++) y[e] = logistic(a[e]);
    },
    (_, y, gradient, to) => {
      for (let e = 0; e < to.length; e++) to[e] = gradient[e] * y[e] * (1 - y[e]);
    },
  );
}

/** 1/(1 + e^−x). */
export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
