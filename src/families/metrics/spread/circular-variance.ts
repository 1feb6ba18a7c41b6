import { cite } from '../../../method/bibliography/cite.ts';
import * as papers from '../../../method/bibliography/papers.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { chiSquaredQuantile } from '../../../numerics/laws/gamma.ts';
import { normalInterval } from '../../../numerics/statistics/intervals.ts';
import { meanResultantLength } from '../../../structures/uniform/angles.ts';
import { defineMetric } from '../define.ts';
import { resultantOf } from './support/resultant.ts';

/**
 * Circular variance: one minus the length of the mean of the unit rows.
 *
 *     V = 1 − R,   R = ‖1/n Σᵢ xᵢ‖
 *
 * with xᵢ the n unit rows of R^d and R their mean resultant length. V lies between 0, where all rows are
 * one direction, and 1, where they cancel. Under uniform points R is 1/√n or so, not 0: the null is the
 * mean of that law and its 95 %, by n d R² as χ² with d degrees of freedom. One row has 0 and no null.
 *
 * Blind to everything but the mean: two opposite clusters have circular variance 1.
 *
 * @remarks Use it to see whether rows share one direction; near 0 they have collapsed to it, near 1 there
 * is none. It depends a little on n, so compare it with its null; `mean-cosine` says the same about the
 * mean and does not. Neither sees axes or clusters that cancel: see `bingham-test` and `uniformity` for
 * these. Costs one pass, O(n d).
 * @example
 * import { matrix, Random } from 'tammes';
 * import { vonMisesFisher } from 'tammes/manifolds';
 * import { circularVariance } from 'tammes/metrics';
 *
 * // An orthonormal basis of R^d has 1 − 1/√d.
 * const basis = matrix(Float32Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1), 4, 4);
 * console.log((await circularVariance(basis)).value.toFixed(3)); // 0.500
 *
 * // Around a pole: R tends to coth κ − 1/κ in R³, here to 0.9.
 * const cap = vonMisesFisher(1000, Float64Array.of(0, 0, 1), 10, Random.fromSeed(1));
 * console.log((await circularVariance(cap)).value.toFixed(2)); // 0.10
 * @function
 */
export const circularVariance = /* @__PURE__ */ defineMetric({
  id: 'circular-variance',
  group: 'spread',
  range: [0, 1],
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
  async measure(space) {
    const { value, standardError } = await resultantOf(space);
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
