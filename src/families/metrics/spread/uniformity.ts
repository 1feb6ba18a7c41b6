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
 * Uniformity of Wang and Isola: the logarithm of the mean Gaussian kernel over all pairs.
 *
 *     U = log( 2/(n(n − 1)) Σ_{i<j} exp(−t ‖xᵢ − xⱼ‖²) ),   t = 2
 *
 * with xᵢ the n unit rows of R^d. No row is paired with itself. Lower is more uniform. The same sum as
 * `mmd`: U = log(MMD² + κ₀). The null is the logarithm of the exact expectation κ₀ under uniform points,
 * with an interval from the skewness of the limit law. Where all pairs would be too many, they are those
 * of a seeded sample of the rows. NaN for one row, and where t is so large that every term rounds to 0.
 *
 * @remarks Use it to compare two models, or training steps, of one dimension: it falls as rows spread
 * out, from 0 of equal rows towards −2t, −4, of uniform points in many dimensions. Prefer `mmd` when
 * uniform should read 0. Clusters that are far apart read well in it, so it says little about classes;
 * alone it also rewards noise, so read `class-alignment` or a search quality beside it. Costs O(n² d).
 * @example
 * import { Random } from 'tammes';
 * import { uniformPoints, vonMisesFisher } from 'tammes/manifolds';
 * import { uniformity } from 'tammes/metrics';
 *
 * const points = uniformPoints(500, 8, Random.fromSeed(1));
 * const { value, null: expected } = await uniformity(points);
 * console.log(value.toFixed(2), expected?.value.toFixed(2)); // -3.08 -3.08
 *
 * // Collapsed around a pole.
 * const pole = Float64Array.of(1, 0, 0, 0, 0, 0, 0, 0);
 * const collapsed = vonMisesFisher(500, pole, 200, Random.fromSeed(1));
 * console.log((await uniformity(collapsed)).value.toFixed(2)); // -0.14
 * @function
 */
export const uniformity = /* @__PURE__ */ defineMetric({
  id: 'uniformity',
  group: 'spread',
  range: [-Infinity, 0],
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
