import { operation, type Tensor } from '../tape/tensor.ts';
import { requireSameShape } from './elementwise.ts';

/** a + b, of one shape. */
export function add(a: Tensor, b: Tensor): Tensor {
  requireSameShape('add', a, b);
  return operation('add', [a, b], a.shape, {
    forward({ inputs: [x, y], out }) {
      for (let e = 0; e < out.length; e++) out[e] = x[e] + y[e];
    },
    backward({ gradient, to }) {
      for (const part of to) part?.set(gradient);
    },
  });
}
