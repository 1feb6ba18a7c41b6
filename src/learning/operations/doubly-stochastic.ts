import { zeros64 } from '../../core/matrix.ts';
import {
  type DoublyStochastic,
  doublyStochastic as projected,
  type SinkhornOptions,
} from '../../numerics/solvers/doubly-stochastic.ts';
import { operation, type Tensor } from '../tape/tensor.ts';
import { requireSquare } from './spectral.ts';

/**
 * The doubly stochastic Γ that maximises ⟨A, Γ⟩ + η·H(Γ) of a symmetric A, by Sinkhorn's rounds: n × n → n × n.
 *
 *     Γ = D·exp(A/η)·D,  rows and columns sum to 1;   the way back solves (I + Γ)λ = (H + Hᵀ)1,  H = G ∘ Γ
 *
 * A is a product such as C·Cᵀ; of one that is not symmetric, ½(A + Aᵀ) is taken.
 *
 * @param options `entropy` η, `tolerance` of the sums
 */
export function doublyStochastic(a: Tensor, options: SinkhornOptions): Tensor {
  const n = requireSquare('doublyStochastic', a.shape);
  let gamma: DoublyStochastic | undefined;
  return operation('doublyStochastic', [a], [n, n], {
    forward({ inputs: [data], out }) {
      const symmetric = zeros64(n, n);
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++)
          symmetric.data[i * n + j] = 0.5 * (data[i * n + j] + data[j * n + i]);
      gamma = projected(symmetric, options);
      out.set(gamma.matrix.data);
    },
    backward({ gradient, to: [toA] }) {
      if (toA && gamma) toA.set(gamma.pullBack({ data: gradient, rows: n, cols: n }).data);
    },
  });
}
