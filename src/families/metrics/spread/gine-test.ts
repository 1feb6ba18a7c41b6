import { acos, exp, sin } from '../../../core/numeric.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { skewedInterval, skewedTail } from '../../../numerics/laws/gamma.ts';
import { logGamma } from '../../../numerics/laws/special.ts';
import { meanEstimate, normalInterval } from '../../../numerics/statistics/intervals.ts';
import { defineMetric } from '../define.ts';
import { NO_PAIR } from '../support/nearest-angles.ts';
import { sobolevLaw } from './support/sobolev-law.ts';

/** All pairs of so many rows are looked at. */
const SAMPLE = 2000;

/**
 * Giné's test F_n that directions are uniform, consistent against every alternative.
 *
 *     F_n = 3n/2 − 1/n Σ_{i<j} (4 θ_ij/π + g_d sin θ_ij)
 *     g_d = (d − 1)/2 · (Γ((d − 1)/2)/Γ(d/2))²
 *
 * with θ_ij the angle between the unit rows i and j of R^d: 4 A_n + G_n of Prentice. Under uniform points
 * its mean is 3/2 and its variance that of the kernel, both exact; the p-value is that of the shifted
 * gamma law with the skewness of the limit law too. NaN for one row and in one dimension. Of more than
 * 2,000 rows a seeded sample is tested, and a warning says so.
 *
 * @remarks Use it when you do not know in what way rows may fail to be uniform: 1.5 is what uniform
 * points have, more is worse. Against a common direction `rayleigh-test` is sharper, and against axes
 * `bingham-test`. It says whether, not how much: of many rows even a small departure has a tiny p-value,
 * so read `uniformity` beside it. Costs O(n² d) for the 2,000 rows at most.
 * @example
 * import { Random } from 'tammes';
 * import { uniformPoints } from 'tammes/manifolds';
 * import { binghamTest, gineTest, rayleighTest } from 'tammes/metrics';
 *
 * const points = uniformPoints(600, 3, Random.fromSeed(1));
 * console.log((await gineTest(points)).null?.pValue?.toFixed(2)); // 0.26
 *
 * // Six clusters at ± the axes: mean and second moments stay as those of uniform points.
 * for (let i = 0; i < 600; i++) points.data[3 * i + (i % 3)] += i % 2 === 0 ? 4 : -4;
 * const tests = [rayleighTest, binghamTest, gineTest].map((test) => test(points));
 * const laws = (await Promise.all(tests)).map(({ null: law }) => law?.pValue ?? 1);
 * console.log(laws.map((p) => p < 0.01).join()); // false,false,true
 * @function
 */
export const gineTest = /* @__PURE__ */ defineMetric({
  id: 'gine-test',
  group: 'spread',
  range: [0, Infinity],
  title: 'Giné test of uniformity',
  summary: 'Whether the angles of all pairs differ from those of uniform points, in any way.',
  references: [
    cite(sources.invariantTestsForUniformity, 'the statistic F_n'),
    cite(
      sources.testsForDirectionsAndOrientations,
      'A_n and G_n in any dimension; F_n = 4 A_n + G_n',
    ),
    cite(sources.directionalStatistics, 'Section 10.8: Sobolev tests and their limit laws'),
  ],
  options: {},
  async measure(space) {
    const { points, engine } = space;
    const { rows: all, cols: d } = points;
    if (all < 2) return NO_PAIR;
    if (d < 2) return { value: NaN, warnings: ['in one dimension there are two directions only.'] };
    const n = Math.min(all, SAMPLE);
    const drawn = () => space.random('gine').sample(all, n).sort();
    const rows = n < all ? await space.gather(drawn()) : points;
    const sineWeight = ((d - 1) / 2) * exp(2 * (logGamma((d - 1) / 2) - logGamma(d / 2)));
    const kernel = (theta: number) => (4 / Math.PI) * theta + sineWeight * sin(theta);
    const { data } = await engine.matmul(rows, rows, true);
    const rowSums = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      for (let j = i + 1; j < n; j++) {
        const c = Math.max(-1, Math.min(1, data[i * n + j]));
        const k = (4 / Math.PI) * acos(c) + sineWeight * Math.sqrt(1 - c * c);
        rowSums[i] += k;
        rowSums[j] += k;
      }
    }
    const { value: row, standardError } = meanEstimate(rowSums);
    // Hoeffding: the error of a mean over pairs is twice that of the row means.
    const estimate = { value: (3 * n) / 2 - row / 2, standardError };
    const { value, low, high } = normalInterval(estimate);
    // F_n takes the kernel away from its mean, so its law leans to the other side.
    const { variance, skewness } = sobolevLaw((theta) => -kernel(theta), d);
    const sd = Math.sqrt((variance * (n - 1)) / (2 * n));
    const [below, above] = skewedInterval(skewness);
    return {
      value,
      low,
      high,
      warnings: n < all ? [`tests a sample of ${n} of the ${all} rows.`] : [],
      null: {
        value: 1.5,
        low: 1.5 + below * sd,
        high: 1.5 + above * sd,
        pValue: Math.min(1, skewedTail(skewness, (value - 1.5) / sd)),
        how: 'exact mean and variance; law from the skewness of the limit law',
      },
    };
  },
});
