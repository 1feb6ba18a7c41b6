import { operation, rowsOf, type Tensor } from '../tape/tensor.ts';
import { requireIds } from './rows-by-id.ts';

/**
 * The columns of x named by `places`, in that order: x … × d; y … × m.
 *
 *     ∂L/∂x_ic = Σ over j with places_j = c of g_ij
 */
export function takeColumns(x: Tensor, places: ArrayLike<number>): Tensor {
  const [n, d] = rowsOf(x.shape);
  const m = places.length;
  requireIds('takeColumns', places, d, 'column');
  return operation('takeColumns', [x], [...x.shape.slice(0, -1), m], {
    forward({ inputs: [a], out }) {
      for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) out[i * m + j] = a[i * d + places[j]];
    },
    backward({ gradient, to: [toX] }) {
      if (!toX) return;
      toX.fill(0);
      for (let i = 0; i < n; i++)
        for (let j = 0; j < m; j++) toX[i * d + places[j]] += gradient[i * m + j];
    },
  });
}
