import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { chiSquaredQuantile, gammaTail } from '../../../numerics/laws/gamma.ts';
import { normalInterval } from '../../../numerics/statistics/intervals.ts';
import { defineMetric } from '../define.ts';
import { NO_PAIR } from '../support/nearest-angles.ts';
import { meanResultant } from './support/resultant.ts';

/**
 * Rayleigh's test that directions are uniform: S* = S (1 − 1/(2n)) + S²/(2n(d + 2)) with S = n d R², R
 * the length of the mean of the unit rows. Under uniform points χ² with d degrees of freedom, to O(1/n).
 *
 * Sees only a common direction: opposite clusters pass. The p-value is that of the null.
 *
 * @function
 */
export const rayleighTest = /* @__PURE__ */ defineMetric({
  id: 'rayleigh-test',
  group: 'spread',
  title: 'Rayleigh test of uniformity',
  summary: 'Whether the mean of the unit rows is longer than that of uniform points.',
  references: [
    cite(sources.directionalStatistics, 'Section 10.4.1: the modified Rayleigh statistic S*'),
  ],
  options: {},
  measure({ points }) {
    const { rows: n, cols: d } = points;
    if (n < 2) return NO_PAIR;
    const { value: length, standardError } = meanResultant(points);
    const modified = (s: number) => s * (1 - 1 / (2 * n)) + (s * s) / (2 * n * (d + 2));
    const s = n * d * length * length;
    const { low, high } = normalInterval({
      value: s,
      standardError: 2 * n * d * length * standardError,
    });
    const value = modified(s);
    return {
      value,
      low: modified(Math.max(0, low)),
      high: modified(high),
      null: {
        value: d,
        low: chiSquaredQuantile(d, 0.025),
        high: chiSquaredQuantile(d, 0.975),
        pValue: gammaTail(d / 2, value / 2),
        how: `asymptotic: χ² with ${d} degrees of freedom, corrected to O(1/n); mean`,
      },
    };
  },
});
