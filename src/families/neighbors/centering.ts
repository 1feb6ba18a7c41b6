import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineHubCorrection } from './define.ts';

/**
 * Neighbours by the cosine of the centred rows, xᵢ − μ.
 *
 *     near(i, j) = ⟨xᵢ − μ, xⱼ − μ⟩/(‖xᵢ − μ‖·‖xⱼ − μ‖),  μ = (1/n) Σᵢ xᵢ
 *
 * with xᵢ the unit rows of X (n × d): hubs are the rows near the mean, and lose what all rows
 * share. The nearest `candidates` of each row are put in this order, and the first k are kept.
 *
 * @remarks Use it first where rows share a large common component (a mean cosine well above 0): it
 * costs O(nd) beside the neighbours and explains itself. It does nothing about hubs of single
 * regions: prefer `csls` or `mutual-proximity` for those. Judge it by the hubness of the lists
 * before and after, and by what the neighbours are for.
 * @example
 * import { Random } from 'tammes';
 * import { vonMisesFisher } from 'tammes/manifolds';
 * import { centering } from 'tammes/neighbors';
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
 * const before = await centering(points, { candidates: 10 });
 * const after = await centering(points, { candidates: 100 });
 * console.log(mostOften(before.graph.indices), mostOften(after.graph.indices)); // 99 20
 * @function
 */
export const centering = /* @__PURE__ */ defineHubCorrection({
  id: 'centering',
  title: 'Centring',
  summary: 'Re-ranks neighbours by the cosine of the rows less their mean.',
  references: [
    cite(sources.centeringSimilarityMeasures, 'similarity of centred vectors'),
    cite(papers.hubnessReductionSbert, 'centring, Eq. (2)'),
  ],
  options: {},
  correction: () => 'centring',
});
