import { cite } from '../../../method/bibliography/cite.ts';
import * as papers from '../../../method/bibliography/papers.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { meanOf } from '../../../numerics/statistics/averages.ts';
import type { SpanningTree } from '../../../structures/trees/spanning-tree.ts';
import { defineMetric } from '../define.ts';
import { NO_PAIR } from '../support/nearest-angles.ts';
import { ofSpanningTree, underUniformTrees } from '../support/tree-statistics.ts';

/**
 * Mean edge (chord) of the minimum spanning tree of the unit rows.
 *
 *     1/(n − 1) Σ_{(i,j) ∈ MST(X)} ‖xᵢ − xⱼ‖
 *
 * with X the n × d unit rows: long where rows are spread out, short where they lie in clumps or on a
 * surface of few dimensions. −T-REG's L_E but for the factor (n − 1)/n. `series` has the n − 1 lengths,
 * shortest first. The null is the mean over trees of as many uniform points, simulated. Of more than
 * 1,000 rows a seeded sample is joined, compared with trees of as many uniform points. The interval comes
 * from trees without each of eight parts of the rows. NaN for one row.
 *
 * @remarks Use it where collapse and clumps are both to be seen in one number: trees notice lost
 * dimensions, which a mean over all pairs hardly does. 0 to 2, larger is better spread; it falls as
 * n^(−1/(d − 1)), so compare it with the null and only with sets of the same size. `persistence-0` is the
 * same tree as a sum. Costs O(n² d) for the 1,000 rows at most, a dozen times over with interval and
 * null.
 * @example
 * import { Random, zeros } from 'tammes';
 * import { uniformPoints } from 'tammes/manifolds';
 * import { mstLength } from 'tammes/metrics';
 *
 * // ± the axes: every edge is √2.
 * const axes = zeros(12, 6);
 * for (let i = 0; i < 12; i++) axes.data[6 * i + (i >> 1)] = i % 2 === 0 ? 1 : -1;
 * console.log((await mstLength(axes)).value.toFixed(3)); // 1.414
 *
 * // Spread over R⁶, and squeezed until two directions are left.
 * const points = uniformPoints(300, 6, Random.fromSeed(1));
 * const before = await mstLength(points);
 * for (let e = 0; e < points.data.length; e++) if (e % 6 > 1) points.data[e] *= 0.01;
 * const after = await mstLength(points);
 * console.log(before.value.toFixed(2), before.null?.value.toFixed(2)); // 0.45 0.46
 * console.log(after.value.toFixed(2)); // 0.04
 * @function
 */
export const mstLength = /* @__PURE__ */ defineMetric({
  id: 'mst-length',
  group: 'spread',
  range: [0, 2],
  title: 'Mean edge of the minimum spanning tree',
  summary: 'The mean length of the edges of the shortest tree that joins the unit rows.',
  references: [
    cite(papers.tRegs, 'L_E, the length of the minimum spanning tree'),
    cite(
      sources.minimalSpanningTreeGrowth,
      'the limit of the length, largest for the uniform density',
    ),
  ],
  options: {},
  async measure(space) {
    if (space.points.rows < 2) return NO_PAIR;
    const { tree, ...found } = await ofSpanningTree(space, meanEdge);
    const high = found.high === undefined ? {} : { high: Math.min(2, found.high) };
    const series = {
      x: Float64Array.from(tree.lengths.keys()),
      y: tree.lengths,
      xName: 'edge',
      yName: 'length',
    };
    return { ...found, ...high, series };
  },
  underUniform: (model) => underUniformTrees(model, meanEdge),
});

function meanEdge({ lengths }: SpanningTree): number {
  return meanOf(lengths);
}
