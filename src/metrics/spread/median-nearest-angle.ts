import { keepYourDistance } from '../../objectives/shared/references.ts';
import { defineMetric } from '../contract.ts';
import {
  DEGREES,
  medianInPlace,
  NO_PAIR,
  nearestAngleNull,
  nearestAngles,
} from '../shared/nearest-angles.ts';
import { anglesInRandomPacking } from '../shared/references.ts';
import { nearestAngleQuantile } from '../shared/uniform-null.ts';

/**
 * Median over the rows of the angle to the nearest other row, in degrees.
 *
 * Under uniform points the angle of one row has the law 1 − (1 − F)^{n−1}, with median
 * F⁻¹(1 − 2^{−1/(n−1)}).
 *
 * @function
 */
export const medianNearestAngle = /* @__PURE__ */ defineMetric({
  id: 'median-nearest-angle',
  group: 'spread',
  unit: '°',
  title: 'Median nearest-neighbour angle',
  summary: 'The median over rows of the angle to the nearest other row, in degrees.',
  references: [
    keepYourDistance('evaluation by the minimum distance of each point'),
    anglesInRandomPacking('density of the angle of a pair'),
  ],
  options: {},
  async measure(space) {
    if (space.points.rows < 2) return NO_PAIR;
    return { value: medianInPlace(await nearestAngles(space)) * DEGREES };
  },
  underUniform(model) {
    if (model.n < 2) return undefined;
    const value = nearestAngleQuantile(0.5, model.n, model.d);
    return nearestAngleNull(model, value, medianInPlace);
  },
});
