import type { Matrix } from '../../../core/matrix.ts';
import { innerProduct, squaredDistance } from '../squared-distance.ts';

/** How far apart two rows are: less is nearer. */
export type Apart = typeof squaredDistance;

/** −⟨x, y⟩: the largest product is the nearest. */
export const minusProduct: Apart = (x, xAt, y, yAt, d) => -innerProduct(x, xAt, y, yAt, d);

/**
 * The k rows of `points` nearest to row i of `queries`, row `excluded` left out (−1: none).
 * `indices` and `squared` (length k) come prefilled with −1 and ∞.
 */
export function nearestOfRow(
  queries: Matrix,
  i: number,
  points: Matrix,
  excluded: number,
  indices: Int32Array,
  squared: Float64Array,
  apart: Apart = squaredDistance,
): void {
  const d = points.cols;
  const k = indices.length;
  for (let j = 0; j < points.rows; j++) {
    if (j === excluded) continue;
    const distance = apart(queries.data, i * d, points.data, j * d, d);
    if (!(distance < squared[k - 1])) continue;
    let at = k - 1;
    for (; at > 0 && squared[at - 1] > distance; at--) {
      squared[at] = squared[at - 1];
      indices[at] = indices[at - 1];
    }
    squared[at] = distance;
    indices[at] = j;
  }
}
