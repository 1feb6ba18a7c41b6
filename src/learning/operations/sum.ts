import { operation, type Tensor } from '../tape/tensor.ts';

/** The sum of all numbers of x, in float64. */
export function sum(x: Tensor): Tensor {
  return operation('sum', [x], [], {
    forward({ inputs: [a], out }) {
      let total = 0;
      for (let e = 0; e < a.length; e++) total += a[e];
      out[0] = total;
    },
    backward({ gradient, to: [toX] }) {
      toX?.fill(gradient[0]);
    },
  });
}
