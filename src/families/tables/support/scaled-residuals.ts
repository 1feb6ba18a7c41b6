import { operation, type Tensor } from '../../../learning/index.ts';

/**
 * x itself, as far as values go: y = x, n × d, which moves by t·e where t, n × 1, moves away from 0.
 *
 *     ∂L/∂x = g,   ∂L/∂t_i = Σ_c g_ic·e_ic
 *
 * @param residuals e, n × d, known
 */
export function scaledResiduals(x: Tensor, growth: Tensor, residuals: Tensor): Tensor {
  const [n, d] = x.shape;
  return operation('scaledResiduals', [x, growth, residuals], x.shape, {
    forward({ inputs: [a, t, e], out }) {
      for (let i = 0, at = 0; i < n; i++)
        for (let c = 0; c < d; c++, at++) out[at] = a[at] + t[i] * e[at];
    },
    backward({ inputs: [, , e], gradient, to: [toX, toGrowth] }) {
      toX?.set(gradient);
      if (!toGrowth) return;
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let c = 0; c < d; c++) sum += gradient[i * d + c] * e[i * d + c];
        toGrowth[i] = sum;
      }
    },
  });
}
