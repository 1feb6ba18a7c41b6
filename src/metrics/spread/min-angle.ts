import { keepYourDistance } from '../../objectives/shared/references.ts';
import { defineMetric } from '../contract.ts';
import { DEGREES, NO_PAIR, nearestAngles } from '../shared/nearest-angles.ts';
import { anglesInRandomPacking } from '../shared/references.ts';
import { smallestAngleQuantile } from '../shared/uniform-null.ts';

/**
 * Smallest angle between any two rows (separation), in degrees: min_{i<j} θ_ij, over all pairs.
 *
 * θ = 2 asin(r/2) from the chord r, which is summed from differences in float64: exact near 0, where
 * the arc cosine of a float32 product stops at 0.028°.
 *
 * @function
 */
export const minAngle = /* @__PURE__ */ defineMetric({
  id: 'min-angle',
  group: 'spread',
  unit: '°',
  title: 'Minimum angle (separation)',
  summary: 'The smallest angle between any two rows, in degrees.',
  references: [
    keepYourDistance('evaluation by the minimum distance'),
    anglesInRandomPacking('limit law of the smallest angle, here as 1 − (1 − F)^(n(n−1)/2)'),
  ],
  options: {},
  async measure(space) {
    if (space.points.rows < 2) return NO_PAIR;
    let smallest = Infinity;
    let coincident = 0;
    for (const angle of await nearestAngles(space)) {
      smallest = Math.min(smallest, angle);
      if (angle === 0) coincident += 1;
    }
    const value = smallest * DEGREES;
    if (coincident === 0) return { value };
    return { value, warnings: [`${coincident} rows have the same direction as another row.`] };
  },
  underUniform({ n, d }) {
    if (n < 2) return undefined;
    const [low, value, high] = [0.025, 0.5, 0.975].map(
      (p) => smallestAngleQuantile(p, n, d) * DEGREES,
    );
    return { value, low, high, how: n === 2 ? 'exact; median' : 'asymptotic law; median' };
  },
});
