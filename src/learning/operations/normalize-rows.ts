import type { Floats } from '../../core/matrix.ts';
import { operation, rowsOf, type Tensor } from '../tape/tensor.ts';

/** Rows shorter than this have no direction: they become zero, and pass no gradient. */
const LEAST_NORM = 1e-12;

/**
 * Each row as a unit vector: y = x/‖x‖, x … × d.
 *
 *     ∂L/∂x = (g − ⟨g, y⟩·y)/‖x‖
 */
export function normalizeRows(x: Tensor): Tensor {
  const [n, d] = rowsOf(x.shape);
  const inverseNorms = new Float64Array(n);
  return operation('normalizeRows', [x], x.shape, {
    forward({ inputs: [a], out }) {
      for (let i = 0; i < n; i++) {
        const norm = Math.sqrt(dotOfRow(a, a, i * d, d));
        const inverse = norm > LEAST_NORM ? 1 / norm : 0;
        inverseNorms[i] = inverse;
        for (let e = i * d; e < (i + 1) * d; e++) out[e] = a[e] * inverse;
      }
    },
    backward({ out, gradient, to: [toX] }) {
      if (!toX) return;
      for (let i = 0; i < n; i++) {
        const along = dotOfRow(gradient, out, i * d, d);
        const inverse = inverseNorms[i];
        for (let e = i * d; e < (i + 1) * d; e++) toX[e] = (gradient[e] - along * out[e]) * inverse;
      }
    },
  });
}

function dotOfRow(a: Floats, b: Floats, start: number, d: number): number {
  let sum = 0;
  for (let e = start; e < start + d; e++) sum += a[e] * b[e];
  return sum;
}
