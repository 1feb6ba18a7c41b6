import { pow } from '../../../core/numeric.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { number } from '../../../method/options.ts';
import { gammaQuantile } from '../../../numerics/laws/gamma.ts';
import { Z95 } from '../../../numerics/laws/normal.ts';
import { medianOf } from '../../../numerics/statistics/averages.ts';
import { defineMetric } from '../define.ts';
import { byValue, columnMomentsOf, columnSeries } from './support/columns.ts';

/**
 * Rogue dimensions: the largest share of the rows' squared length that one coordinate carries.
 *
 *     max_c s_c,   s_c = 1/n Σᵢ x_ic²
 *
 * with X the n × d unit rows, so that Σ_c s_c = 1: 1/d where all columns carry the same, 1 where one has
 * all, by its mean or by its variance. Columns with more than `times` the median share are listed, worst
 * first; `series` has the share of each. The null takes each column's share for a gamma variable and the
 * columns for independent: the median of the largest.
 *
 * @remarks Use it to find the few columns that dominate cosines, as many language models have; rounding
 * to few bits spends its range on them too. Near 1/d is good. It is about coordinates: a rotation changes
 * it, and collapse along a slanted direction stays hidden, for which see `stable-rank`. Whether such a
 * column makes rows alike is said by `cosine-contribution`. Costs O(n d).
 * @example
 * import { Random } from 'tammes';
 * import { uniformPoints } from 'tammes/manifolds';
 * import { rogueDimensions } from 'tammes/metrics';
 *
 * const points = uniformPoints(300, 20, Random.fromSeed(1));
 * const before = await rogueDimensions(points);
 * console.log(before.value.toFixed(2), before.columns?.length); // 0.06 0
 * for (let i = 0; i < 300; i++) {
 *   points.data[20 * i + 7] *= 6;
 *   points.data[20 * i + 3] += 1.5;
 * }
 * const after = await rogueDimensions(points);
 * console.log(after.value.toFixed(2), after.columns?.join()); // 0.53 3,7
 * @function
 */
export const rogueDimensions = /* @__PURE__ */ defineMetric({
  id: 'rogue-dimensions',
  group: 'spread',
  range: [0, 1],
  title: 'Rogue dimensions (largest share of the length)',
  summary: 'The largest share of the squared length of the unit rows that one column carries.',
  references: [
    cite(sources.rogueDimensions, 'Section 3: dimensions that dominate, here by their mean square'),
  ],
  options: {
    times: number(5, 'Of the median share, above which a column is listed.', { min: 1 }),
  },
  async measure(space, { times }) {
    const { rows: n } = space.points;
    const { share, error } = await columnMomentsOf(space);
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
