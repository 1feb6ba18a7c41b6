import { ShapeError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';

/**
 * circle-spacing: projections n × 2L of n points on the planes of L circles, a cap on 1/ρ → the mean
 * squared distance of the points' angles from the best equispaced ones, 1/(2nL) Σ_l Σᵢ (a_il − a*_il)²,
 * and in place of each pair of columns (x_p, x_q) its gradient's coefficients of p and q:
 *
 *   f·(−x_q, x_p),   f = (a − a*) / (nL) · 1/ρ · min(1/ρ, cap),   ρ² = x_p² + x_q²;  0 where ρ is 0.
 *
 * a_il = atan2(x_q, x_p) is rounded to the element type of the projections; a*_il = mean_l + φ_rank with
 * φ_k = (2k − n − 1)π/n, k = 1 … n, and ranks as in sort-rows. Everything else is float64: sums over a
 * circle go in row order, the circles one after the other. Bytes are the same on every engine.
 */
export function requirePlanes({ rows, cols }: Matrix): void {
  if (cols % 2 === 0) return;
  throw new ShapeError('circle-spacing', 'two columns for each circle', `${rows} × ${cols}`);
}
