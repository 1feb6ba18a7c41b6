import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { integer } from '../../method/options.ts';
import { defineComparison } from './define.ts';
import { sharedNeighborShare } from './support/neighbor-share.ts';

/**
 * The share of a row's k nearest neighbours in A, by cosine, that are among its k nearest in B, as
 * a mean over rows:
 *
 *     (1/n) Σᵢ |N_A(i) ∩ N_B(i)|/k
 *
 * with A n × dA and B n × dB, and N(i) the k rows nearest to row i. What a search would notice.
 * Does not change under rotations and scales of either space. k/(n − 1) by chance, exactly.
 *
 * @remarks Use it when the vectors are for search or clustering: it is the one number here about
 * near rows alone, and small errors show in it long before they show in `linear-cka`. Values depend
 * on k and n, and near ties make 1 hard to reach: 0.9 may be harmless rounding where neighbours are
 * crowded. At most 2,000 rows (`sample`) are asked about, all are looked at: O(mn(dA + dB)) for m
 * of n rows.
 * @example
 * import { matrix, Random } from 'tammes';
 * import { neighborOverlap } from 'tammes/comparisons';
 * import { uniformPoints } from 'tammes/manifolds';
 *
 * // Rounding to steps of 1/16 leaves most neighbours, other rows leave what chance gives: k/(n − 1).
 * const a = uniformPoints(501, 16, Random.fromSeed(1));
 * const rounded = matrix(a.data.map((x) => Math.round(16 * x) / 16), 501, 16);
 * const { value, null: chance } = await neighborOverlap({ a, b: rounded }, { k: 10 });
 * console.log(value.toFixed(1), chance?.value.toFixed(2)); // 0.9 0.02
 * @function
 */
export const neighborOverlap = /* @__PURE__ */ defineComparison({
  id: 'neighbor-overlap',
  title: 'Neighbour overlap',
  summary: 'The share of a row’s nearest neighbours in A that are its nearest in B too.',
  references: [
    cite(papers.relativeRepresentations, 'Section 4.1: neighbourhoods compared by their overlap'),
  ],
  deviations: ['The share |N_A ∩ N_B|/k, whose chance level is exact, instead of Jaccard’s ratio.'],
  options: {
    k: integer(10, 'Neighbours of each row.', { min: 1, max: 1000, symbol: 'k' }),
  },
  kind: 'similarity',
  range: [0, 1],
  rows: 'paired',
  columns: 'any',
  compare: (pair, { k }) => sharedNeighborShare(pair, k, 'cosine'),
});
