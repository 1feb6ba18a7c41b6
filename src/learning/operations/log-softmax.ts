import { operation, rowsOf, type Tensor } from '../tape/tensor.ts';
import { logSumExp } from './softmax.ts';

/**
 * The logarithms of each row's softmax: y_c = z_c − log Σ_b e^{z_b}, z … × c.
 *
 *     ∂L/∂z = g − e^y·Σ_b g_b
 */
export function logSoftmax(x: Tensor): Tensor {
  const [n, c] = rowsOf(x.shape);
  return operation('logSoftmax', [x], x.shape, {
    forward({ inputs: [z], out }) {
      for (let i = 0; i < n; i++) {
        const logTotal = logSumExp(z, i * c, c);
        for (let e = i * c; e < (i + 1) * c; e++) out[e] = z[e] - logTotal;
      }
    },
    backward({ out, gradient, to: [toX] }) {
      if (!toX) return;
      for (let i = 0; i < n; i++) {
        let total = 0;
        for (let e = i * c; e < (i + 1) * c; e++) total += gradient[e];
        for (let e = i * c; e < (i + 1) * c; e++) toX[e] = gradient[e] - Math.exp(out[e]) * total;
      }
    },
  });
}
