import { OptionError } from '../../../core/errors.ts';

/**
 * nearest: points n × d, k ≥ 1 → indices n × k and distances n × k (a `KnnGraph`).
 *
 * Row i lists the k rows j ≠ i of least ‖x_i − x_j‖, nearest first. Distances are float64, computed
 * from differences in the order of `squaredDistance`; equal distances are ordered by lower index.
 * nearest-among: queries m × d, points n × d, k ≥ 1 → the same lists for each query, nothing excluded.
 *
 * largest-products: the same with the largest ⟨x, y⟩, largest first, in float64 in the order of `innerProduct`; equal
 * products by lower index; −∞ where there is none. Rows are finite.
 *
 * Where fewer than k other rows exist (or are comparable: NaN never is), index −1, distance ∞.
 */
export function requireNeighbors(k: number): void {
  if (Number.isInteger(k) && k >= 1) return;
  throw new OptionError('nearest', 'k', 'an integer in [1, ∞]', k);
}
