import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { defineHubCorrection } from './define.ts';

/**
 * Neighbours by distances relative to those of both rows to their k-th.
 *
 *     far(i, j) = d(i, j)²/(σᵢσⱼ),  σᵢ the distance of row i to its k-th neighbour
 *
 * with d the chord between unit rows of X (n × d): in the same order as the affinity
 * exp(−d²/(σᵢσⱼ)). A hub has a small σ, and so is far from rows whose σ is large. The nearest
 * `candidates` of each row are put in this order, and the first k are kept.
 *
 * @remarks Use it where regions differ in density, as for clustering with local scales; it needs
 * nothing but the lists, O(n · candidates). Where more than k rows coincide their σ is 0 and only
 * they are near. `mutual-proximity` looks at more rows and often does more against hubs. 1 is the
 * usual distance of a k-th neighbour.
 * @example
 * import { matrix } from 'tammes';
 * import { localScaling } from 'tammes/neighbors';
 *
 * // On a circle: three rows close together at 0°, 1° and 2°, three at 20°, 40° and 60°.
 * const angles = [0, 1, 2, 20, 40, 60].map((degrees) => (degrees * Math.PI) / 180);
 * const points = matrix(Float64Array.from(angles.flatMap((a) => [Math.cos(a), Math.sin(a)])), 6, 2);
 * const first = async (candidates: number) => {
 *   const { graph } = await localScaling(points, { k: 1, candidates });
 *   return graph.indices[3];
 * };
 * // The row at 20° is nearest to that at 2°, which has nearer ones itself; then it is given that at 40°.
 * console.log(await first(1), await first(5)); // 2 4
 * @function
 */
export const localScaling = /* @__PURE__ */ defineHubCorrection({
  id: 'local-scaling',
  title: 'Local scaling',
  summary: 'Re-ranks neighbours by distances relative to those of both rows to their k-th.',
  references: [
    cite(sources.selfTuningSpectralClustering, 'Eq. (1): the affinity with local scales'),
    cite(sources.localAndGlobalScaling, 'local scaling against hubs'),
  ],
  options: {},
  correction: () => 'local scaling',
});
