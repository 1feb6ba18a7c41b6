import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { integer } from '../../method/options.ts';
import { defineComparison } from './define.ts';
import { sharedNeighborShare } from './support/neighbor-share.ts';

/**
 * The share of a row's k nearest neighbours in A, by Euclidean distance, that are among its k nearest in B, as a mean
 * over rows:
 *
 *     (1/n) Σᵢ |N_A(i) ∩ N_B(i)|/k
 *
 * with A n × dA and B n × dB, and N(i) the k rows nearest to row i. k/(n − 1) by chance, exactly.
 *
 * @remarks Use it for maps and reductions, whose distances count; `neighbor-overlap` is the same by cosine, for
 * vectors that are searched by angle. `trustworthiness` and `continuity` say how far away the neighbours are that were
 * lost. At most 2,000 rows (`sample`) are asked about, all are looked at: O(mn(dA + dB)) for m of n rows.
 * @example
 * import { matrix, Random } from 'tammes';
 * import { neighborRecall } from 'tammes/comparisons';
 * import { uniformPoints } from 'tammes/manifolds';
 *
 * // A sphere pressed flat: most neighbours seen then are from the other half. 10/399 is chance.
 * const a = uniformPoints(400, 3, Random.fromSeed(1));
 * const flat = matrix(a.data.filter((_, i) => i % 3 < 2), 400, 2);
 * const { value, null: chance } = await neighborRecall({ a, b: flat });
 * console.log(value.toFixed(1), chance?.value.toFixed(3)); // 0.5 0.025
 * @function
 */
export const neighborRecall = /* @__PURE__ */ defineComparison({
  id: 'neighbor-recall',
  title: 'Neighbour recall',
  summary: 'The share of a row’s nearest neighbours in A, by distance, that are its nearest in B.',
  references: [cite(sources.rankBasedCriteria, 'Section 3: Q_NX(K), the rate of K-ary agreement')],
  options: {
    k: integer(10, 'Neighbours of each row.', { min: 1, max: 1000, symbol: 'k' }),
  },
  kind: 'similarity',
  range: [0, 1],
  rows: 'paired',
  columns: 'any',
  compare: (pair, { k }) => sharedNeighborShare(pair, k, 'euclidean'),
});
