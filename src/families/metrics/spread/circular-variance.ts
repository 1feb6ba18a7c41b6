import { cite } from '../../../method/bibliography/cite.ts';
import * as papers from '../../../method/bibliography/papers.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { chiSquaredQuantile } from '../../../numerics/laws/gamma.ts';
import { normalInterval } from '../../../numerics/statistics/intervals.ts';
import { meanResultantLength } from '../../../structures/uniform/angles.ts';
import { defineMetric } from '../define.ts';
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
    cite(
      sources.directionalStatistics,
      'mean resultant length; its law under uniformity (Rayleigh test)',
    ),
    cite(papers.keepYourDistance, 'evaluation by circular variance'),
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
