import type { Floats } from '../../core/matrix.ts';
import { operation, rowsOf, type Tensor } from '../tape/tensor.ts';

/**
 * Each row as probabilities: p_c = e^{z_c}/Σ_b e^{z_b}, z … × c. A loss over classes is `crossEntropy`.
 *
 *     ∂L/∂z = p·(g − ⟨g, p⟩)
 */
export function softmax(x: Tensor): Tensor {
  const [n, c] = rowsOf(x.shape);
  return operation('softmax', [x], x.shape, {
    forward({ inputs: [z], out }) {
      for (let i = 0; i < n; i++) {
        const logTotal = logSumExp(z, i * c, c);
        for (let e = i * c; e < (i + 1) * c; e++) out[e] = Math.exp(z[e] - logTotal);
      }
    },
    backward({ out: p, gradient, to: [toX] }) {
      if (!toX) return;
      for (let i = 0; i < n; i++) {
        let mean = 0;
        for (let e = i * c; e < (i + 1) * c; e++) mean += gradient[e] * p[e];
        for (let e = i * c; e < (i + 1) * c; e++) toX[e] = p[e] * (gradient[e] - mean);
      }
    },
  });
}

/** log Σ e^z of the c numbers from `start`, without overflow. */
export function logSumExp(z: Floats, start: number, c: number): number {
  let top = Number.NEGATIVE_INFINITY;
  for (let e = start; e < start + c; e++) if (z[e] > top) top = z[e];
  let total = 0;
  for (let e = start; e < start + c; e++) total += Math.exp(z[e] - top);
  return top + Math.log(total);
}
