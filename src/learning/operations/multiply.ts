import { operation, type Tensor } from '../tape/tensor.ts';
import { requireSameShape } from './elementwise.ts';

/** a · b, number by number, of one shape. */
export function multiply(a: Tensor, b: Tensor): Tensor {
  requireSameShape('multiply', a, b);
  return operation('multiply', [a, b], a.shape, {
    forward({ inputs: [x, y], out }) {
      for (let e = 0; e < out.length; e++) out[e] = x[e] * y[e];
    },
    backward({ inputs: [x, y], gradient, to: [toA, toB] }) {
      if (toA) for (let e = 0; e < toA.length; e++) toA[e] = gradient[e] * y[e];
      if (toB) for (let e = 0; e < toB.length; e++) toB[e] = gradient[e] * x[e];
    },
  });
}
