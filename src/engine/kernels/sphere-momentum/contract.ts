import { ShapeError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';
import { requireSameShape } from '../shapes.ts';

/**
 * sphere-momentum: points x (unit rows), momentum m, gradient g, all n × d; keep, n factors; weight →
 *
 *   mᵢ ← keepᵢ·mᵢ + weight·tᵢ,   tᵢ = gᵢ − ⟨xᵢ,gᵢ⟩xᵢ the Riemannian gradient,
 *
 * in place, and n × SUMS inner products: ‖tᵢ‖², then ‖xᵢ‖², ⟨xᵢ,mᵢ⟩ and ‖mᵢ‖² of the new mᵢ as it is
 * stored. Everything is computed in float64. The order of the sums is part of the contract: all are those
 * of `fourSumDot` (element c goes to sum c mod 4, the last d mod 4 to the first; (s₀ + s₁) + (s₂ + s₃)).
 *
 * sphere-flow: points x (unit rows), velocities v, both n × d; n times → the geodesic flow, in place, both from
 * the old values: with a = timeᵢ‖vᵢ‖ and the length ℓ that keeps xᵢ unit,
 *
 *   xᵢ ← (xᵢ cos a + vᵢ sin a/‖vᵢ‖)/ℓ,   vᵢ ← vᵢ cos a − xᵢ‖vᵢ‖ sin a,
 *
 * from the entries ‖xᵢ‖², ⟨xᵢ,vᵢ⟩, ‖vᵢ‖² that sphere-momentum left, or computed alike. Rows with time 0 stay as
 * they are to the bit. Returns whether any entry of x changed.
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

export function requireFlow(
  points: Matrix,
  velocities: Matrix,
  times: Float64Array,
  sums: Float64Array | undefined,
): void {
  requireSameShape('sphere-flow', 'velocities', velocities, points);
  const { rows: n } = points;
  if (times.length !== n) throw new ShapeError('sphere-flow', `${n} times`, `${times.length}`);
  if (sums && sums.length !== SUMS * n)
    throw new ShapeError('sphere-flow', `${SUMS * n} sums`, `${sums.length}`);
}
