import { chiSquaredQuantile } from '../../../numerics/laws/gamma.ts';
import { normalInterval } from '../../../numerics/statistics/intervals.ts';
import { meanResultantLength } from '../../../structures/uniform/angles.ts';
import { keepYourDistance } from '../../objectives/support/references.ts';
import { defineMetric } from '../define.ts';
import { directionalStatistics } from '../support/references.ts';
import { meanResultant } from './support/resultant.ts';

/**
 * Circular variance 1 − R, with R = ‖(1/n) Σ xᵢ‖ the mean resultant length: 0 when all rows are one
 * direction, 1 when they cancel.
 *
 * Blind to everything but the mean: two opposite clusters have circular variance 1.
 *
 * @function
 */
export const circularVariance = /* @__PURE__ */ defineMetric({
  id: 'circular-variance',
  group: 'spread',
  title: 'Circular variance',
  summary: 'One minus the length of the mean of the unit rows.',
  references: [
    directionalStatistics('mean resultant length; its law under uniformity (Rayleigh test)'),
    keepYourDistance('evaluation by circular variance'),
  ],
  options: {},
  measure({ points }) {
    const { value, standardError } = meanResultant(points);
    // R of identical rows may round to just above 1.
    const within = (x: number) => Math.min(1, Math.max(0, x));
    const { low, high } = normalInterval({ value: 1 - value, standardError });
    return { value: Math.max(0, 1 - value), low: within(low), high: within(high) };
  },
  underUniform({ n, d }) {
    if (n < 2) return undefined;
    const at = (p: number) => Math.max(0, 1 - Math.sqrt(chiSquaredQuantile(d, p) / (n * d)));
    return {
      value: 1 - meanResultantLength(n, d),
      low: at(0.975),
      high: at(0.025),
      how: 'asymptotic law, ndR² as χ² with d degrees of freedom; mean',
    };
  },
});
