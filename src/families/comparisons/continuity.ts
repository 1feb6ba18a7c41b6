import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { integer } from '../../method/options.ts';
import { defineComparison } from './define.ts';
import { meanFaithfulness } from './support/neighbor-faithfulness.ts';

/**
 * Whether rows that are near in A stay near in B, a map of A: each of a row's k nearest in A that is not among its k
 * nearest in B costs by how far down it is there.
 *
 *     C(k) = 1 − 2/(nk(2n − 3k − 1)) Σᵢ Σ_{j ∈ N_A(i)} max(0, r_B(i, j) − k)
 *
 * with A n × dA and B n × dB, N_A(i) the k rows nearest to row i in A by Euclidean distance, and r_B(i, j) the rank of
 * row j by its distance from row i in B: `trustworthiness` with A and B exchanged. 1 where no neighbour is missing;
 * about ½ when the rows of B are permuted.
 *
 * @remarks Use it beside `trustworthiness`: a map that tears a cloud apart loses here, one that lays
 * distant parts on one another loses there. k stays below n/2. Exact ranks of at most 2,000 rows (`sample`) among all:
 * O(mn(dA + dB)) for m of n rows.
 * @example
 * import { matrix, Random } from 'tammes';
 * import { continuity } from 'tammes/comparisons';
 * import { uniformPoints } from 'tammes/manifolds';
 *
 * // A sphere pressed flat tears nothing apart.
 * const a = uniformPoints(400, 3, Random.fromSeed(1));
 * const flat = matrix(a.data.filter((_, i) => i % 3 < 2), 400, 2);
 * console.log((await continuity({ a, b: flat })).value.toFixed(2)); // 0.99
 * @function
 */
export const continuity = /* @__PURE__ */ defineComparison({
  id: 'continuity',
  title: 'Continuity',
  summary: 'Whether a row’s nearest neighbours in A stay near it in B: 1 where none is missing.',
  references: [cite(sources.neighborhoodPreservation, 'Section 2: M₂')],
  options: {
    k: integer(12, 'Neighbours of each row.', { min: 1, max: 1000, symbol: 'k' }),
  },
  kind: 'similarity',
  range: [0, 1],
  rows: 'paired',
  columns: 'any',
  compare: (pair, { k }) => meanFaithfulness(pair, k, 'of a in b'),
});
