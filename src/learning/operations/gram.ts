import { operation, rowsOf, type Tensor } from '../tape/tensor.ts';
import { product } from './matmul.ts';

/**
 * XᵀX of the rows of x, summed in float64: … × d → d × d, symmetric to the bit.
 *
 *     ∂L/∂X = X·(G + Gᵀ)
 */
export function gram(x: Tensor): Tensor {
  const [n, d] = rowsOf(x.shape);
  return operation('gram', [x], [d, d], {
    async forward({ engine, inputs: [a], out }) {
      out.set((await engine.gram({ data: a, rows: n, cols: d })).data);
    },
    backward({ engine, inputs: [a], gradient, to: [toX], room }) {
      if (!toX) return;
      const both = room(d * d);
      for (let i = 0; i < d; i++) {
        for (let j = 0; j < d; j++) both[i * d + j] = gradient[i * d + j] + gradient[j * d + i];
      }
      return product(engine, [a, n, d], [both, d, d], [toX, n, d]);
    },
  });
}
