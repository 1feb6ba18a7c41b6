import { operation, rowsOf, type Tensor } from '../tape/tensor.ts';

/**
 * The numbers of each row in ascending order, equal ones in the order in which they stood: x … × n.
 *
 *     y_ij = x_i,π(j),   ∂L/∂x_i,π(j) = g_ij
 *
 * A loss over sorted numbers (spacings, quantiles, sliced distances) gets its gradient through the permutation,
 * which is constant wherever no two numbers are equal. The engine keeps the element type: float64 needs `reference`.
 */
export function sortRows(x: Tensor): Tensor {
  const [s, n] = rowsOf(x.shape);
  let order = new Int32Array(0);
  return operation('sortRows', [x], x.shape, {
    async forward({ engine, inputs: [a], out }) {
      order = Int32Array.from(await engine.sortRows({ data: a, rows: s, cols: n }));
      for (let i = 0; i < s; i++) {
        for (let e = i * n; e < (i + 1) * n; e++) out[e] = a[i * n + order[e]];
      }
    },
    backward({ gradient, to: [toX] }) {
      if (!toX) return;
      for (let i = 0; i < s; i++) {
        for (let e = i * n; e < (i + 1) * n; e++) toX[i * n + order[e]] = gradient[e];
      }
    },
  });
}
