import { cos, sin } from '../../../core/numeric.ts';
import { betainc } from '../../../numerics/laws/special.ts';

/**
 * A first guess of the largest smallest chord of n points (or lines) on S^{d−1}: the chord within
 * which a uniform set has as many neighbours as good packings have, about 3.3 for d = 3.
 */
export function freeDiameter(n: number, d: number, lines: boolean): number {
  if (!lines && n <= d + 1) return Math.sqrt((2 * n) / (n - 1));
  if (n <= (lines ? d : 2 * d)) return Math.SQRT2;
  const neighbors = d === 2 ? 2 : d === 3 ? 3.3 : 1.5 * d;
  const share = Math.min(0.5, neighbors / (lines ? 2 * n : n));
  let low = 0;
  let high = Math.PI / 2;
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (capShare(middle, d) < share) low = middle;
    else high = middle;
  }
  return 2 * sin(low / 2);
}

/** Share of the sphere within the angle θ ≤ π/2 of a point: ½ I_{sin²θ}((d−1)/2, ½). */
function capShare(angle: number, d: number): number {
  return 0.5 * betainc((d - 1) / 2, 0.5, sin(angle) ** 2, cos(angle) ** 2);
}
