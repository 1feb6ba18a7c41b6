import { ShapeError } from '../../core/errors.ts';
import { operation, rowsOf, shapeInWords, type Tensor } from '../tape/tensor.ts';

/**
 * The Euclidean lengths of blocks of k columns: x … × c·k, y … × c.
 *
 *     y_j = ‖x_{jk … jk+k−1}‖,   ∂L/∂x_e = g_j·x_e/y_j
 *
 * A block of zeros passes no gradient.
 */
export function blockNorms(x: Tensor, k: number): Tensor {
  const [rows, cols] = rowsOf(x.shape);
  if (!Number.isSafeInteger(k) || k < 1 || cols % k !== 0)
    throw new ShapeError('blockNorms', `columns in blocks of ${k}`, shapeInWords(x.shape));
  return operation('blockNorms', [x], [...x.shape.slice(0, -1), cols / k], {
    forward({ inputs: [a], out }) {
      for (let j = 0; j < (rows * cols) / k; j++) {
        let squared = 0;
        for (let e = j * k; e < (j + 1) * k; e++) squared += a[e] * a[e];
        out[j] = Math.sqrt(squared);
      }
    },
    backward({ inputs: [a], out, gradient, to: [toX] }) {
      if (!toX) return;
      for (let j = 0; j < out.length; j++) {
        const share = out[j] > 0 ? gradient[j] / out[j] : 0;
        for (let e = j * k; e < (j + 1) * k; e++) toX[e] = share * a[e];
      }
    },
  });
}
