import { log } from '../../../core/numeric.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { number } from '../../../method/options.ts';
import { normalInterval } from '../../../numerics/statistics/intervals.ts';
import { expectedKernel } from '../../../structures/uniform/expectation.ts';
import { defineMetric } from '../define.ts';
import { NO_PAIR } from '../support/nearest-angles.ts';
import { gaussianUniformLaw } from './support/gaussian-null.ts';

/**
 * Uniformity of Wang and Isola: log( 2/(n(n−1)) Σ_{i<j} exp(−t·chord²) ), t = 2.
 *
 * No row is paired with itself. The same sum as `mmd`: log(mmd + κ₀). Lower is more uniform.
 *
 * @function
 */
export const uniformity = /* @__PURE__ */ defineMetric({
  id: 'uniformity',
  group: 'spread',
  title: 'Uniformity',
  summary: 'The logarithm of the mean Gaussian kernel over all pairs; lower is more uniform.',
  references: [cite(sources.alignmentAndUniformity, 'Section 4.1.2, L_uniform')],
  options: {
    t: number(2, 'Inverse squared width: k = exp(−t·chord²).', {
      min: 1e-3,
      max: 1000,
      symbol: 't',
    }),
  },
  async measure(space, { t }) {
    if (space.points.rows < 2) return NO_PAIR;
    const kernel = { shape: 'gaussian', distance: 'chordal', scale: t } as const;
    const mean = await space.meanKernel(kernel);
    if (mean.value > 0) {
      const { value, low, high } = normalInterval(mean);
      return { value: log(value), low: low > 0 ? log(low) : -Infinity, high: log(high) };
    }
    const warnings = [`every pair is so far apart that exp(−${t}·chord²) is 0: take a smaller t.`];
    return { value: NaN, warnings };
  },
  underUniform({ n, d }, { t }) {
    const expected = expectedKernel({ shape: 'gaussian', distance: 'chordal', scale: t }, d);
    if (n < 2 || !(expected > 0)) return undefined;
    const { low, high } = gaussianUniformLaw(t, n, d);
    return {
      value: log(expected),
      ...(expected + low > 0 ? { low: log(expected + low) } : {}),
      high: log(expected + high),
      how: 'logarithm of the exact expectation; interval from the skewness of the limit law',
    };
  },
});
