import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { boolean } from '../../method/options.ts';
import { defineHubCorrection } from './define.ts';

/**
 * Neighbours by the cosine of rows whose columns were made normal (the f-norm).
 *
 *     x′ᵢ꜀ = Φ⁻¹((r − ½)/n),  r the rank of xᵢ꜀ in column c of the unit rows X (n × d)
 *
 * equal values their mean rank. Then, unless switched off, by mutual proximity (normal). The
 * nearest `candidates` of each row are put in this order, and the first k are kept.
 *
 * @remarks Use it where columns have heavy tails or outliers, as sentence embeddings have: ranks
 * take away what single columns shout. It changes the space itself, so judge it by what the
 * neighbours are for, not by hubs alone; columns with one value in more than half of the rows keep
 * their values, and a warning says so. Sorting costs O(nd log n), mutual proximity O(nd²).
 * @example
 * import { Random } from 'tammes';
 * import { vonMisesFisher } from 'tammes/manifolds';
 * import { rankToNormal } from 'tammes/neighbors';
 *
 * // How often the most popular row is among the 10 nearest of others, before and after.
 * const axis = Float64Array.from({ length: 50 }, (_, c) => Number(c === 0));
 * const points = vonMisesFisher(500, axis, 40, Random.fromSeed(1));
 * const mostOften = (lists: Int32Array) => {
 *   const counts = new Int32Array(500);
 *   for (const row of lists) counts[row] += 1;
 *   return Math.max(...counts);
 * };
 * // With as many candidates as neighbours nothing can be exchanged.
 * const before = await rankToNormal(points, { candidates: 10 });
 * const after = await rankToNormal(points, { candidates: 100 });
 * console.log(mostOften(before.graph.indices), mostOften(after.graph.indices)); // 99 19
 * @function
 */
export const rankToNormal = /* @__PURE__ */ defineHubCorrection({
  id: 'rank-to-normal',
  title: 'Rank to normal (f-norm)',
  summary: 'Re-ranks neighbours by the cosine of rows whose columns follow the normal law.',
  references: [cite(papers.hubnessReductionSbert, 'f-norm with mutual proximity')],
  deviations: ['Normal quantiles of the ranks in place of sorted normal draws.'],
  options: { mutualProximity: boolean(true, 'Also re-rank by mutual proximity.') },
  correction: ({ mutualProximity }) =>
    mutualProximity ? 'rank to normal, mutual proximity' : 'rank to normal',
});
