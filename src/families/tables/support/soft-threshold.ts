import { operation, type Tensor } from '../../../learning/index.ts';

/**
 * Numbers moved towards 0 by thresholds, those within them to 0; y n × d:
 *
 *     y_ic = sign(x_ic)·max(0, |x_ic| − t_ic)
 *     ∂L/∂x_ic = g_ic where |x_ic| > t_ic, else 0;   ∂L/∂t_ic = −sign(x_ic)·g_ic where |x_ic| > t_ic, else 0
 *
 * @param thresholds t ≥ 0, 1 × 1, 1 × d, n × 1 or n × d: one of many rows or columns holds for all of them
 */
export function softThreshold(x: Tensor, thresholds: Tensor): Tensor {
  const [n, d] = x.shape;
  const [rows, cols] = thresholds.shape;
  const [down, along] = [rows === 1 ? 0 : cols, cols === 1 ? 0 : 1];
  return operation('softThreshold', [x, thresholds], [n, d], {
    forward({ inputs: [values, t], out }) {
      for (let i = 0, e = 0; i < n; i++)
        for (let c = 0; c < d; c++, e++) out[e] = softened(values[e], t[i * down + c * along]);
    },
    backward({ inputs: [values, t], gradient, to: [toX, toT] }) {
      toX?.fill(0);
      toT?.fill(0);
      for (let i = 0, e = 0; i < n; i++) {
        for (let c = 0; c < d; c++, e++) {
          const at = i * down + c * along;
          if (!(Math.abs(values[e]) > t[at])) continue;
          if (toX) toX[e] = gradient[e];
          if (toT) toT[at] -= Math.sign(values[e]) * gradient[e];
        }
      }
    },
  });
}

/** sign(x)·max(0, |x| − t). */
export function softened(x: number, t: number): number {
  const left = Math.abs(x) - t;
  return left > 0 ? Math.sign(x) * left : 0;
}
