import { Random } from '../../../core/random.ts';
import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { Z95 } from '../../../numerics/laws/normal.ts';
import type { NullValue } from '../../../numerics/statistics/null-value.ts';
import { simulatedInterval } from '../../../numerics/statistics/simulated-interval.ts';
import type { UniformModel } from '../../../structures/uniform/uniform-model.ts';
import { defineMetric } from '../define.ts';
import { NO_PAIR } from '../support/nearest-angles.ts';
import {
  byValue,
  type ColumnMoments,
  columnMoments,
  columnMomentsOf,
  columnSeries,
} from './support/columns.ts';

const DRAWS = 400;
/** From so many rows on, the sum of a column of uniform points is as good as normal. */
const MANY = 50;

/** Below this mean cosine there is nothing to contribute to. */
const NEXT_TO_NOTHING = 0.02;

/**
 * Largest contribution of one coordinate to the mean cosine, as a share of all contributions.
 *
 *     CC_c = 2/(n(n − 1)) Σ_{i<j} x_ic x_jc = (n m_c² − s_c)/(n − 1)
 *     value = max_c CC_c / Σ_c |CC_c|
 *
 * with X the n × d unit rows, m_c the mean of column c and s_c the mean of its squares; Σ_c CC_c is the
 * mean cosine. Near 1 where one coordinate makes all rows alike. Columns with more than a tenth, and more
 * than 2/d, are listed, worst first; `series` has the share of each. NaN for one row, and where every
 * contribution is 0.
 *
 * Under uniform points the contributions are as z² − 1 of d independent normal z for n large: the value
 * is about 0.4 in 10 dimensions, 0.09 in 100. The null is simulated from that law, below 50 rows from
 * points.
 *
 * @remarks Use it when `mean-cosine` is high, to see whether one or two columns are to blame: these can
 * be centred or dropped. Where the mean cosine is below 0.02 there is nothing to share out, and a warning
 * says so. It is about coordinates, so a rotation changes it; `rogue-dimensions` is about length instead
 * of cosine. From about 1/d where columns share alike to 1; below 0 where no column contributes anything
 * positive. Costs O(n d).
 * @example
 * import { Random } from 'tammes';
 * import { uniformPoints } from 'tammes/manifolds';
 * import { cosineContribution } from 'tammes/metrics';
 *
 * const points = uniformPoints(200, 16, Random.fromSeed(1));
 * for (let i = 0; i < 200; i++) points.data[16 * i + 5] += 3;
 * const { value, columns, null: expected } = await cosineContribution(points);
 * console.log(value.toFixed(3), columns?.join()); // 1.000 5
 * console.log(expected?.value.toFixed(1)); // 0.2
 * @function
 */
export const cosineContribution = /* @__PURE__ */ defineMetric({
  id: 'cosine-contribution',
  group: 'spread',
  range: [-1, 1],
  title: 'Largest contribution to the mean cosine',
  summary: 'The largest share of the mean cosine over all pairs that comes from one column.',
  references: [
    cite(
      sources.rogueDimensions,
      'Eqs. (2)–(4): contribution CC(f_i) of a dimension to the expected cosine similarity',
    ),
  ],
  deviations: [
    'All pairs, through the sums of the columns, instead of a sample of pairs.',
    'Over the sum of absolute contributions, so that it is at most 1 where some are negative.',
  ],
  options: {},
  async measure(space) {
    const { rows: n } = space.points;
    if (n < 2) return NO_PAIR;
    const moments = await columnMomentsOf(space);
    const { mean, share } = moments;
    const contributions = contributionsOf(moments, n);
    let total = 0;
    let cosine = 0;
    for (const contribution of contributions) {
      total += Math.abs(contribution);
      cosine += contribution;
    }
    if (total === 0) return { value: NaN, warnings: ['no column contributes to the mean cosine.'] };
    const parts = contributions.map((contribution) => contribution / total);
    const order = byValue(parts);
    const [worst] = order;
    const value = parts[worst];
    // d ln|CC_c| = 2 dm/m; the total's own error is smaller and of the same sign.
    const spread = Math.sqrt(Math.max(0, share[worst] - mean[worst] ** 2) / n);
    const half = Z95 * ((2 * Math.abs(mean[worst]) * spread) / total) * (1 - value) + Z95 / n;
    const warnings =
      cosine < NEXT_TO_NOTHING
        ? [`the mean cosine is ${cosine.toFixed(4)}: next to nothing to contribute to.`]
        : [];
    return {
      value,
      low: value - half,
      high: Math.min(1, value + half),
      warnings,
      columns: order.filter((c) => parts[c] > Math.max(0.1, 2 / parts.length)),
      series: columnSeries(parts, 'share of the mean cosine'),
    };
  },
  underUniform: uniformNull,
});

/** The mean of x_ic x_jc over the pairs of rows, for each column. */
function contributionsOf(
  { mean, share }: Pick<ColumnMoments, 'mean' | 'share'>,
  n: number,
): Float64Array {
  return mean.map((m, c) => (n * m * m - share[c]) / (n - 1));
}

function uniformNull(model: UniformModel): NullValue | undefined {
  const { n, d } = model;
  if (n < 2) return undefined;
  const random = Random.fromSeed(0).fork('cosine contribution');
  const drawn = Float64Array.from({ length: DRAWS }, (_, r) => {
    const contributions =
      n < MANY
        ? contributionsOf(columnMoments(model.draw(r)), n)
        : Float64Array.from({ length: d }, () => random.normal() ** 2 - 1);
    let [largest, total] = [-Infinity, 0];
    for (const contribution of contributions) {
      largest = Math.max(largest, contribution);
      total += Math.abs(contribution);
    }
    return largest / total;
  });
  const law = n < MANY ? `of ${n} points` : 'of the limit law';
  const { mean, low, high } = simulatedInterval(drawn, n, n);
  return { value: mean, low, high, how: `simulated, ${DRAWS} draws ${law}; mean` };
}
