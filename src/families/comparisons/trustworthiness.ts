import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { integer } from '../../method/options.ts';
import { defineComparison } from './define.ts';
import { meanFaithfulness } from './support/neighbor-faithfulness.ts';

/**
 * Whether rows that are near in B, a map of A, are near in A: each of a row's k nearest in B that is not among its k
 * nearest in A costs by how far down it is there.
 *
 *     T(k) = 1 − 2/(nk(2n − 3k − 1)) Σᵢ Σ_{j ∈ N_B(i)} max(0, r_A(i, j) − k)
 *
 * with A n × dA and B n × dB, N_B(i) the k rows nearest to row i in B by Euclidean distance, and r_A(i, j) the rank of
 * row j by its distance from row i in A. 1 where no neighbour is false, 0 where all are the farthest rows. When the rows
 * of B are permuted, 1 − (n − k)(n − 1 − k)/((2n − 3k − 1)(n − 1)), about ½, exactly.
 *
 * @remarks Use it to ask whether neighbours seen in a map may be believed; `continuity` asks the other way
 * round, `neighbor-recall` counts without ranks. scikit-learn's `trustworthiness` is the same number (its k
 * is 5 where nothing is said); of equal distances all have the best rank. k stays below n/2. Exact ranks of at most 2,000
 * rows (`sample`) among all: O(mn(dA + dB)) for m of n rows.
 * @example
 * import { matrix, Random } from 'tammes';
 * import { trustworthiness } from 'tammes/comparisons';
 * import { uniformPoints } from 'tammes/manifolds';
 *
 * // A sphere pressed flat lays both halves on one another: half of the neighbours are false, most of them far.
 * const a = uniformPoints(400, 3, Random.fromSeed(1));
 * const flat = matrix(a.data.filter((_, i) => i % 3 < 2), 400, 2);
 * console.log((await trustworthiness({ a, b: a })).value, (await trustworthiness({ a, b: flat })).value.toFixed(2)); // 1 0.85
 * @function
 */
export const trustworthiness = /* @__PURE__ */ defineComparison({
  id: 'trustworthiness',
  title: 'Trustworthiness',
  summary:
    'Whether a row’s nearest neighbours in B are near it in A: 1 where no neighbour is false.',
  references: [cite(sources.neighborhoodPreservation, 'Section 2: M₁')],
  options: {
    k: integer(12, 'Neighbours of each row.', { min: 1, max: 1000, symbol: 'k' }),
  },
  kind: 'similarity',
  range: [0, 1],
  rows: 'paired',
  columns: 'any',
  compare: (pair, { k }) => meanFaithfulness(pair, k, 'of b in a'),
});
