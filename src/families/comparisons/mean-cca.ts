import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineComparison } from './define.ts';
import { fullRanks, weightedCorrelation } from './support/canonical.ts';

/**
 * Mean canonical correlation (1/k) Σ ρᵢ, k the smaller rank: how much of one space is a linear map of
 * the other, all directions counting the same, noise included. Does not change under invertible linear
 * maps of either space.
 *
 * Strongly biased upward unless there are many rows for each dimension: compare with its null.
 *
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
  rows: 'paired',
  columns: 'any',
  async compare(pair) {
    const ranks = await fullRanks(pair);
    return weightedCorrelation(pair, ranks, ({ correlations }) =>
      correlations.map(() => 1 / correlations.length),
    );
  },
});
