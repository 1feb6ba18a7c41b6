import type { Floats } from '../../core/matrix.ts';
import { meanRow } from '../../numerics/rows/centered.ts';
import { operation, rowsOf, type Tensor } from '../tape/tensor.ts';

/**
 * The rows less their mean: y_i = x_i − 1/n Σ_j x_j, x … × d.
 *
 *     ∂L/∂x_i = g_i − 1/n Σ_j g_j
 */
export function centerColumns(x: Tensor): Tensor {
  const [n, d] = rowsOf(x.shape);
  return operation('centerColumns', [x], x.shape, {
    forward: ({ inputs: [a], out }) => lessMeanRow(a, n, d, out),
    backward({ gradient, to: [toX] }) {
      if (toX) lessMeanRow(gradient, n, d, toX);
    },
  });
}

function lessMeanRow(data: Floats, n: number, d: number, out: Floats): void {
  const mean = meanRow({ data, rows: n, cols: d });
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < d; c++) out[i * d + c] = data[i * d + c] - mean[c];
  }
}
