import { pow } from '../../../core/numeric.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { number } from '../../../method/options.ts';
import { gammaQuantile } from '../../../numerics/laws/gamma.ts';
import { Z95 } from '../../../numerics/laws/normal.ts';
import { medianOf } from '../../../numerics/statistics/averages.ts';
import { defineMetric } from '../define.ts';
import { byValue, columnMoments, columnSeries } from './support/columns.ts';

/**
 * Rogue dimensions: the largest share of the rows' squared length that one coordinate carries,
 * max_c 1/n Σᵢ x_ic² of unit rows, by its mean or by its variance. 1/d where all carry the same.
 *
 * Columns with more than `times` the median share are listed, worst first. They dominate cosines, and
 * rounding to few bits spends its range on them. About coordinates: a rotation changes it.
 *
 * @function
 */
export const rogueDimensions = /* @__PURE__ */ defineMetric({
  id: 'rogue-dimensions',
  group: 'spread',
  title: 'Rogue dimensions (largest share of the length)',
  summary: 'The largest share of the squared length of the unit rows that one column carries.',
  references: [
    cite(sources.rogueDimensions, 'Section 3: dimensions that dominate, here by their mean square'),
  ],
  options: {
    times: number(5, 'Of the median share, above which a column is listed.', { min: 1 }),
  },
  measure({ points }, { times }) {
    const { rows: n } = points;
    const { share, error } = columnMoments(points);
    const order = byValue(share);
    const [worst] = order;
    const threshold = times * medianOf(share);
    const half = Z95 * error[worst];
    return {
      value: share[worst],
      ...(n < 3
        ? {}
        : { low: Math.max(0, share[worst] - half), high: Math.min(1, share[worst] + half) }),
      columns: order.filter((c) => share[c] > threshold),
      series: columnSeries(share, 'share of the squared length'),
    };
  },
  underUniform({ n, d }) {
    if (d < 2) return { value: 1, how: 'exact' };
    // A mean of n squares with mean 1/d and variance 2(d − 1)/(d²(d + 2)).
    const shape = (n * (d + 2)) / (2 * (d - 1));
    const at = (p: number) => gammaQuantile(shape, pow(p, 1 / d)) / (shape * d);
    const how = 'asymptotic: gamma law of each column, columns as independent; median';
    return { value: at(0.5), low: at(0.025), high: at(0.975), how };
  },
});
