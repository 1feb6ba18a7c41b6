import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineComparison } from './define.ts';
import { fullRanks, weightedCorrelation } from './support/canonical.ts';

/**
 * Mean canonical correlation: how much of one space is a linear map of the other.
 *
 *     (1/k) Σᵢ ρᵢ,  i = 1 … k
 *
 * with ρᵢ the canonical correlations of A (n × dA) and B (n × dB) and k the smaller rank. All
 * directions count the same, noise included. Does not change under invertible linear maps of either
 * space.
 *
 * Strongly biased upward unless there are many rows for each dimension: compare with its null.
 *
 * @remarks Use it when any linear map may lie between the spaces and each direction counts, such as
 * for low-dimensional features with many rows. Do not use it with fewer than about ten rows for
 * each dimension, where it reads high whatever the data (and 1 from n ≤ dA + dB on for some of the
 * correlations). `svcca` leaves out small directions, `pwcca` weighs them. 1 is all, 0 nothing in
 * common. O(n(dA + dB)²).
 * @example
 * import { matrix, Random } from 'tammes';
 * import { meanCca } from 'tammes/comparisons';
 * import { uniformPoints } from 'tammes/manifolds';
 *
 * // An invertible linear map, here other units for every column, changes nothing.
 * const a = uniformPoints(400, 4, Random.fromSeed(1));
 * const b = matrix(a.data.map((x, i) => x * 10 ** (i % 4)), 400, 4);
 * console.log((await meanCca({ a, b })).value.toFixed(2)); // 1.00
 *
 * const other = uniformPoints(400, 4, Random.fromSeed(2));
 * const { value, null: chance } = await meanCca({ a, b: other });
 * console.log(value.toFixed(1), chance?.value.toFixed(1)); // 0.1 0.1
 * @function
 */
export const meanCca = /* @__PURE__ */ defineComparison({
  id: 'mean-cca',
  title: 'Mean canonical correlation (CCA)',
  summary: 'The mean correlation of the best matched linear directions of both spaces.',
  references: [
    cite(
      sources.similarityRevisited,
      'Section 3: canonical correlation, mean correlation coefficient',
    ),
    cite(sources.canonicalInfluence, 'the influence of a row on a canonical correlation'),
  ],
  options: {},
  kind: 'similarity',
  range: [0, 1],
  rows: 'paired',
  columns: 'any',
  async compare(pair) {
    const ranks = await fullRanks(pair);
    return weightedCorrelation(pair, ranks, ({ correlations }) =>
      correlations.map(() => 1 / correlations.length),
    );
  },
});
