import { operation, rowsOf, type Tensor } from '../tape/tensor.ts';

/**
 * log Σ_c exp(x_ic) of each row, from its largest number so that nothing overflows: x … × d → ….
 *
 *     ∂L/∂x_ic = gᵢ·exp(x_ic − yᵢ)
 *
 * A row of −∞ alone gives −∞ and passes no gradient.
 */
export function logSumExp(x: Tensor): Tensor {
  const [n, d] = rowsOf(x.shape);
  return operation('logSumExp', [x], x.shape.slice(0, -1), {
    forward({ inputs: [a], out }) {
      for (let i = 0; i < n; i++) {
        let top = Number.NEGATIVE_INFINITY;
        for (let e = i * d; e < (i + 1) * d; e++) top = Math.max(top, a[e]);
        let total = 0;
        for (let e = i * d; e < (i + 1) * d; e++) total += Math.exp(a[e] - top);
        out[i] = Number.isFinite(top) ? top + Math.log(total) : top;
      }
    },
    backward({ inputs: [a], out, gradient, to: [toX] }) {
      if (!toX) return;
      for (let i = 0; i < n; i++) {
        const nothing = out[i] === Number.NEGATIVE_INFINITY;
        for (let e = i * d; e < (i + 1) * d; e++)
          toX[e] = nothing ? 0 : gradient[i] * Math.exp(a[e] - out[i]);
      }
    },
  });
}
