import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { chiSquaredQuantile, gammaTail } from '../../../numerics/laws/gamma.ts';
import { normalInterval } from '../../../numerics/statistics/intervals.ts';
import { defineMetric } from '../define.ts';
import { NO_PAIR } from '../support/nearest-angles.ts';
import { resultantOf } from './support/resultant.ts';

/**
 * Rayleigh's test that directions are uniform: whether their mean is longer than chance makes it.
 *
 *     S* = (1 − 1/(2n)) S + S²/(2n(d + 2)),   S = n d R²,   R = ‖1/n Σᵢ xᵢ‖
 *
 * with xᵢ the n unit rows of R^d. Under uniform points χ² with d degrees of freedom, to O(1/n): mean d,
 * and the p-value is that of the null. NaN for one row.
 *
 * Sees only a common direction: opposite clusters pass.
 *
 * @remarks Use it as the sharpest test for a common direction, after `mean-cosine` has told how strong it
 * is. Large S* and a small p-value: there is one. A p-value near 1 means that rows cancel better than
 * chance lets them, as centred ones do; passing is no proof of uniformity: see `bingham-test` for axes
 * and `gine-test` for all else. S* has no unit and grows with n. Costs O(n d).
 * @example
 * import { Random } from 'tammes';
 * import { uniformPoints, vonMisesFisher } from 'tammes/manifolds';
 * import { rayleighTest } from 'tammes/metrics';
 *
 * const even = await rayleighTest(uniformPoints(500, 3, Random.fromSeed(1)));
 * console.log(even.null?.value, even.null?.pValue?.toFixed(2)); // 3 0.41
 *
 * // A slight pull towards a pole, R = 0.16, is found in 500 rows.
 * const cap = vonMisesFisher(500, Float64Array.of(0, 0, 1), 0.5, Random.fromSeed(1));
 * const pulled = await rayleighTest(cap);
 * console.log(pulled.value.toFixed(0), (pulled.null?.pValue ?? 1) < 1e-6); // 38 true
 * @function
 */
export const rayleighTest = /* @__PURE__ */ defineMetric({
  id: 'rayleigh-test',
  group: 'spread',
  range: [0, Infinity],
  title: 'Rayleigh test of uniformity',
  summary: 'Whether the mean of the unit rows is longer than that of uniform points.',
  references: [
    cite(sources.directionalStatistics, 'Section 10.4.1: the modified Rayleigh statistic S*'),
  ],
  options: {},
  async measure(space) {
    const { rows: n, cols: d } = space.points;
    if (n < 2) return NO_PAIR;
    const { value: length, standardError } = await resultantOf(space);
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
