import { zeros64 } from '../../core/matrix.ts';
import { transposed } from '../../core/transposed.ts';
import { operation, type Tensor } from '../tape/tensor.ts';
import { outerProducts, requireSquare } from './spectral.ts';

/**
 * The eigenvalues of a symmetric matrix, largest first, by a decomposition in float64: n × n → n.
 *
 *     A = Σ λ_k v_k v_kᵀ,   ∂L/∂A = Σ g_k v_k v_kᵀ
 *
 * Where eigenvalues are equal, only a loss in which they count alike has a gradient, and gets the right one. The upper
 * triangle is read.
 */
export function eigenvalues(a: Tensor): Tensor {
  const n = requireSquare('eigenvalues', a.shape);
  let vectors = zeros64(0, 0);
  return operation('eigenvalues', [a], [n], {
    async forward({ engine, inputs: [data], out }) {
      const found = await engine.linalg.eigh({ data, rows: n, cols: n });
      vectors = found.vectors;
      out.set(found.values);
    },
    backward(pass) {
      const [toA] = pass.to;
      if (!toA) return;
      const columns = transposed(vectors);
      return outerProducts(pass, pass.gradient, columns, columns, toA);
    },
  });
}
