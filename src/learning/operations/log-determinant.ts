import { zeros64 } from '../../core/matrix.ts';
import { choleskySolve } from '../../numerics/decompositions/cholesky.ts';
import { operation, type Tensor } from '../tape/tensor.ts';
import { requireSquare } from './spectral.ts';

/**
 * log det A of a symmetric positive definite matrix, by Cholesky in float64: n × n → one number.
 *
 *     log det A = 2 Σ log L_ii,  A = L Lᵀ,      ∂L/∂A = g·A⁻¹
 *
 * Symmetric to 1e-10 of its largest element, such as `gram` and `covariance` give; a matrix that is not positive
 * definite is refused with its pivot: add a multiple of the identity.
 */
export function logDeterminant(a: Tensor): Tensor {
  const n = requireSquare('logDeterminant', a.shape);
  let factor = zeros64(0, 0);
  return operation('logDeterminant', [a], [], {
    async forward({ engine, inputs: [data], out }) {
      factor = await engine.linalg.cholesky({ data, rows: n, cols: n });
      let half = 0;
      for (let i = 0; i < n; i++) half += Math.log(factor.data[i * n + i]);
      out[0] = 2 * half;
    },
    backward({ gradient, to: [toA] }) {
      if (!toA) return;
      const identity = zeros64(n, n);
      for (let i = 0; i < n; i++) identity.data[i * n + i] = gradient[0];
      toA.set(choleskySolve(factor, identity).data);
    },
  });
}
