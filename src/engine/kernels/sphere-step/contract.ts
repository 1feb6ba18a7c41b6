import type { Matrix } from '../../../core/matrix.ts';
import { requireSameShape } from '../shapes.ts';

/**
 * sphere-step: points n × d (unit rows), tangents n × d → x_i ← exp_{x_i}(v_i), in place:
 *
 * x cos a + v sin(a)/a with a = ‖v‖, divided by its norm so that rounding never adds up over steps.
 * Computed in float64 and rounded once. A zero tangent leaves the row unchanged to the bit.
 */
export function requireTangents(points: Matrix, tangents: Matrix): void {
  requireSameShape('sphere-step', 'tangents', tangents, points);
}
