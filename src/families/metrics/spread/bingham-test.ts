import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { gammaQuantile, gammaTail } from '../../../numerics/laws/gamma.ts';
import { normalInterval } from '../../../numerics/statistics/intervals.ts';
import { spectralEstimate } from '../../../structures/spectra/row-spectrum.ts';
import { defineMetric } from '../define.ts';
import { NO_PAIR } from '../support/nearest-angles.ts';

/**
 * Bingham's test that directions are uniform: whether their second moments are those of a sphere.
 *
 *     S = n d(d + 2)/2 · (tr T² − 1/d),   T = XᵀX/n
 *
 * with X the n × d unit rows and T their d × d second moments. S is 0 for a tight frame, T = I/d, and
 * n(d − 1)(d + 2)/2, the most there is, for rows on one line. Under uniform points its mean
 * f = (d − 1)(d + 2)/2 and its variance 2f(1 − 1/n) are exact; the p-value is that of the gamma law with
 * these two, which tends to χ² with f degrees of freedom. NaN for one row and in one dimension.
 *
 * Sees axes: unequal second moments, also of rows that cancel. Blind to a mean that leaves T = I/d, as
 * that of an orthonormal basis.
 *
 * @remarks Use it to find axes that rows crowd along, also where opposite rows cancel and `rayleigh-test`
 * sees nothing. A large S with a small p-value says that rows are not uniform; of many rows any trained
 * embedding is not, so read a size such as `participation-ratio` beside it. S has no unit and grows with
 * n. Costs O(n d min(n, d)).
 * @example
 * import { Random } from 'tammes';
 * import { uniformPoints } from 'tammes/manifolds';
 * import { binghamTest, rayleighTest } from 'tammes/metrics';
 *
 * const points = uniformPoints(300, 4, Random.fromSeed(1));
 * const before = await binghamTest(points);
 * console.log(before.null?.value, before.null?.pValue?.toFixed(2)); // 9 0.13
 *
 * // Pulled out along the first axis, both ways: the mean stays near 0.
 * for (let i = 0; i < 300; i++) points.data[4 * i] *= 2;
 * const [bingham, rayleigh] = [await binghamTest(points), await rayleighTest(points)];
 * console.log(bingham.value.toFixed(1), (bingham.null?.pValue ?? 1) < 1e-6); // 222.3 true
 * console.log((rayleigh.null?.pValue ?? 0) > 0.05); // true
 * @function
 */
export const binghamTest = /* @__PURE__ */ defineMetric({
  id: 'bingham-test',
  group: 'spread',
  range: [0, Infinity],
  title: 'Bingham test of uniformity',
  summary: 'Whether the second moments of the unit rows differ more than those of uniform points.',
  references: [cite(sources.directionalStatistics, 'Section 10.7.1: the Bingham statistic')],
  deviations: ['The gamma law with the exact mean and variance in place of χ².'],
  options: {},
  async measure(space) {
    const { rows: n, cols: d } = space.points;
    if (n < 2) return NO_PAIR;
    if (d < 2)
      return { value: NaN, warnings: ['in one dimension there are no axes to tell apart.'] };
    const scale = (n * d * (d + 2)) / 2;
    const statistic = (values: Float64Array) => {
      let squares = 0;
      for (const value of values) squares += value * value;
      return scale * (squares - 1 / d);
    };
    const slopes = (values: Float64Array) => values.map((value) => 2 * scale * value);
    const spectrum = await space.spectrum('second-moment');
    const estimate = spectralEstimate(spectrum, n, statistic, slopes);
    const { value, low, high } = normalInterval(estimate);
    const ends = n < 3 ? {} : { low: Math.max(0, low), high };
    const freedom = ((d - 1) * (d + 2)) / 2;
    const shrink = 1 - 1 / n;
    const [shape, unit] = [freedom / (2 * shrink), 2 * shrink];
    return {
      value,
      ...ends,
      null: {
        value: freedom,
        low: unit * gammaQuantile(shape, 0.025),
        high: unit * gammaQuantile(shape, 0.975),
        pValue: gammaTail(shape, Math.max(0, value) / unit),
        how: 'exact mean and variance; asymptotic law',
      },
    };
  },
});
