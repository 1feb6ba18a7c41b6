import { ShapeError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';
import { requireSameShape } from '../shapes.ts';

/**
 * sphere-momentum: points x (unit rows), momentum m, gradient g, all n × d; keep, n factors; weight →
 *
 *   mᵢ ← keepᵢ·mᵢ + weight·tᵢ,   tᵢ = gᵢ − ⟨xᵢ,gᵢ⟩xᵢ the Riemannian gradient,
 *
 * in place, and n × SUMS inner products: ‖tᵢ‖², then ‖xᵢ‖², ⟨xᵢ,mᵢ⟩ and ‖mᵢ‖² of the new mᵢ as it is
 * stored. Everything is computed in float64. The order of the sums is part of the contract: ⟨x,g⟩ in
 * four (element c goes to sum c mod 4, the last d mod 4 to the first), added as (s₀ + s₁) + (s₂ + s₃);
 * the others in two, even and odd elements, a last odd one out going to the second.
 *
 * row-mix: a, b, n × d each; n × 4 coefficients p, q, r, s → aᵢ ← pᵢaᵢ + qᵢbᵢ, bᵢ ← rᵢbᵢ + sᵢaᵢ, in
 * place, both from the old values. Rows with coefficients 1, 0, 1, 0 stay as they are to the bit.
 */
export const SUMS = 4;

export function requireMomentum(
  points: Matrix,
  gradient: Matrix,
  momentum: Matrix,
  keep: Float64Array,
): void {
  requireSameShape('sphere-momentum', 'a gradient', gradient, points);
  requireSameShape('sphere-momentum', 'a momentum', momentum, points);
  if (keep.length !== points.rows)
    throw new ShapeError('sphere-momentum', `${points.rows} factors to keep`, `${keep.length}`);
}

export function requireMix(a: Matrix, b: Matrix, coefficients: Float64Array): void {
  requireSameShape('row-mix', 'the other rows', b, a);
  if (coefficients.length !== 4 * a.rows)
    throw new ShapeError('row-mix', `${4 * a.rows} coefficients`, `${coefficients.length}`);
}
