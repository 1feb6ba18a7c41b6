import { operation, type Tensor } from '../tape/tensor.ts';

/**
 * The entropy of numbers ≥ 0 as shares of their sum, in nats: any shape → one number.
 *
 *     H = −Σ p_k log p_k,   p_k = x_k/S,   S = Σ x_k
 *     ∂H/∂x_k = −(H + log p_k)/S
 *
 * A number that is not positive has no share and passes no gradient; without any share H is 0.
 */
export function entropy(x: Tensor): Tensor {
  let total = 0;
  return operation('entropy', [x], [], {
    forward({ inputs: [a], out }) {
      total = 0;
      for (let k = 0; k < a.length; k++) if (a[k] > 0) total += a[k];
      let negative = 0;
      for (let k = 0; k < a.length; k++) {
        if (a[k] > 0) negative += (a[k] / total) * Math.log(a[k] / total);
      }
      out[0] = 0 - negative;
    },
    backward({ inputs: [a], out, gradient, to: [toX] }) {
      if (!toX) return;
      for (let k = 0; k < a.length; k++)
        toX[k] = a[k] > 0 ? (-gradient[0] * (out[0] + Math.log(a[k] / total))) / total : 0;
    },
  });
}
