import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineHubCorrection } from './define.ts';

/**
 * Neighbours by cosines less the mean cosines of both rows: cross-domain similarity local scaling,
 * within one set.
 *
 *     far(i, j) = −(2cᵢⱼ − r(i) − r(j)),  r(i) = (1/k) Σ cᵢₗ over the k nearest l of i
 *
 * with cᵢⱼ the cosine of rows i and j of X (n × d). The nearest `candidates` of each row are put in
 * this order, and the first k are kept.
 *
 * @remarks Use it for translation and other matching by cosine, where it comes from: a hub has a
 * large r and so becomes farther from everyone. Like `local-scaling` it looks only at the k nearest
 * of each row, O(n · candidates) beside the neighbours; `mutual-proximity` often does more. The
 * corrected distances have no unit: compare orders, not values.
 * @example
 * import { Random } from 'tammes';
 * import { vonMisesFisher } from 'tammes/manifolds';
 * import { csls } from 'tammes/neighbors';
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
 * const before = await csls(points, { candidates: 10 });
 * const after = await csls(points, { candidates: 100 });
 * console.log(mostOften(before.graph.indices), mostOften(after.graph.indices)); // 99 39
 * @function
 */
export const csls = /* @__PURE__ */ defineHubCorrection({
  id: 'csls',
  title: 'CSLS',
  summary: 'Re-ranks neighbours by cosines less the mean cosines of both rows to their nearest.',
  references: [cite(sources.wordTranslationWithoutParallelData, 'Eq. (3) and (4)')],
  options: {},
  correction: () => 'CSLS',
});
