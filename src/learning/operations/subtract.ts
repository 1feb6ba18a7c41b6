import { operation, type Tensor } from '../tape/tensor.ts';
import { requireSameShape } from './elementwise.ts';

/** a − b, of one shape. */
export function subtract(a: Tensor, b: Tensor): Tensor {
  requireSameShape('subtract', a, b);
  return operation('subtract', [a, b], a.shape, {
    forward({ inputs: [x, y], out }) {
      for (let e = 0; e < out.length; e++) out[e] = x[e] - y[e];
    },
    backward({ gradient, to: [toA, toB] }) {
      toA?.set(gradient);
      if (toB) for (let e = 0; e < toB.length; e++) toB[e] = -gradient[e];
    },
  });
}
