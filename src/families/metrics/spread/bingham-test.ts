import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { gammaQuantile, gammaTail } from '../../../numerics/laws/gamma.ts';
import { normalInterval } from '../../../numerics/statistics/intervals.ts';
import { spectralEstimate } from '../../../structures/spectra/row-spectrum.ts';
import { defineMetric } from '../define.ts';
import { NO_PAIR } from '../support/nearest-angles.ts';

/**
 * Bingham's test that directions are uniform: S = n·d(d + 2)/2·(tr T² − 1/d) with T = XᵀX/n of the unit
 * rows. Under uniform points its mean is f = (d − 1)(d + 2)/2 and its variance 2f(1 − 1/n), both exact;
 * the gamma law with them tends to χ² with f degrees of freedom.
 *
 * Sees axes: unequal second moments, also of rows that cancel. Blind to the mean of a balanced set.
 *
 * @function
 */
export const binghamTest = /* @__PURE__ */ defineMetric({
  id: 'bingham-test',
  group: 'spread',
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
