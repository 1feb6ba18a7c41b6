import { zeros64 } from '../../core/matrix.ts';
import { operation, rowsOf, type Tensor } from '../tape/tensor.ts';
import { outerProducts } from './spectral.ts';

/** Relative to the largest; less is the rounding of a matrix of lower rank. */
const LEAST_SINGULAR_VALUE = 1e-13;

/**
 * The min(n, d) singular values of the rows of x, largest first, by a decomposition in float64: … × d → min(n, d).
 *
 *     X = Σ σ_k u_k v_kᵀ,   ∂L/∂X = Σ g_k u_k v_kᵀ
 *
 * Of X itself: by XᵀX a small singular value would lose its digits, and its direction with them. Below 1e-13 of the
 * largest it is 0 and passes no gradient. Where some are equal, only a loss in which they count alike has a gradient,
 * and gets the right one.
 */
export function singularValues(x: Tensor): Tensor {
  const [n, d] = rowsOf(x.shape);
  let [left, right] = [zeros64(0, 0), zeros64(0, 0)];
  return operation('singularValues', [x], [Math.min(n, d)], {
    async forward({ engine, inputs: [data], out }) {
      const { u, s, v } = await engine.linalg.svd({ data, rows: n, cols: d });
      [left, right] = [u, v];
      const least = LEAST_SINGULAR_VALUE * s[0];
      out.set(s.map((value) => (value > least ? value : 0)));
    },
    backward(pass) {
      const [toX] = pass.to;
      if (!toX) return;
      const weights = pass.gradient.map((g, k) => (pass.out[k] > 0 ? g : 0));
      return outerProducts(pass, weights, left, right, toX);
    },
  });
}
