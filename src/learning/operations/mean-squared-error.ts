import { operation, type Tensor } from '../tape/tensor.ts';
import { requireSameShape } from './elementwise.ts';

/** The mean over all numbers of (x − y)², of one shape. */
export function meanSquaredError(x: Tensor, y: Tensor): Tensor {
  requireSameShape('meanSquaredError', x, y);
  return operation('meanSquaredError', [x, y], [], {
    forward({ inputs: [a, b], out }) {
      let total = 0;
      for (let e = 0; e < a.length; e++) {
        const gap = a[e] - b[e];
        total += gap * gap;
      }
      out[0] = total / a.length;
    },
    backward({ inputs: [a, b], gradient, to: [toX, toY] }) {
      const weight = (2 * gradient[0]) / a.length;
      if (toX) for (let e = 0; e < toX.length; e++) toX[e] = weight * (a[e] - b[e]);
      if (toY) for (let e = 0; e < toY.length; e++) toY[e] = weight * (b[e] - a[e]);
    },
  });
}
