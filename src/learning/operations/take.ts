import { operation, rowsOf, type Tensor } from '../tape/tensor.ts';
import { gatherRows, requireIds, scatterRows } from './rows-by-id.ts';

/**
 * The rows of x named by `places`, in that order, a row as often as it is named: x … × d, all axes but the last
 * counting rows; y m × d.
 *
 *     ∂L/∂x_i = Σ over j with places_j = i of g_j
 */
export function take(x: Tensor, places: ArrayLike<number>): Tensor {
  const [n, d] = rowsOf(x.shape);
  requireIds('take', places, n, 'row');
  return operation('take', [x], [places.length, d], {
    forward: ({ inputs: [a], out }) => gatherRows(a, places, d, out),
    backward({ gradient, to: [toX] }) {
      if (toX) scatterRows(gradient, places, d, toX);
    },
  });
}
