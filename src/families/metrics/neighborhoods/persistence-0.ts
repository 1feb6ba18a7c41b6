import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { sumOf } from '../../../numerics/statistics/averages.ts';
import type { SpanningTree } from '../../../structures/trees/spanning-tree.ts';
import { defineMetric } from '../define.ts';
import { NO_PAIR } from '../support/nearest-angles.ts';
import { ofSpanningTree, underUniformTrees } from '../support/tree-statistics.ts';

/** Of how many of the longest edges the far ends are named. */
const NAMED = 10;

/**
 * Total persistence in degree 0: the sum of the scales at which components of the rows join.
 *
 *     Σ_{(i,j) ∈ MST(X)} ‖xᵢ − xⱼ‖
 *
 * with X the n × d unit rows: the components of rows within a distance r join at the n − 1 edges of the
 * minimum spanning tree, so this is exact. `series` has them in order: a step at its end means parts that
 * stay apart. Rows named are the far ends of the ten longest edges, longest first.
 *
 * Of more than 1,000 rows a sample is joined, and a warning says so. The interval comes from trees
 * without each of eight parts of the rows; the null is the mean over trees of as many uniform points,
 * simulated. NaN for one row.
 *
 * @remarks Use it beside `persistence-1`, or to compare with topological work that reports totals. The
 * value grows with n and has the unit of chords, so read it against the null: below is clumped or of low
 * dimension, above is spread out as a code is. `mst-length` is the same as a mean and easier to compare;
 * the curve in `series` says more than either. Costs O(n² d) for the 1,000 rows at most, a dozen times
 * over with interval and null.
 * @example
 * import { matrix } from 'tammes';
 * import { persistence0 } from 'tammes/metrics';
 *
 * // A square on the circle joins by three sides of √2.
 * const square = matrix(Float32Array.of(1, 0, 0, 1, -1, 0, 0, -1), 4, 2);
 * const { value, series } = await persistence0(square);
 * console.log(value.toFixed(3), (3 * Math.SQRT2).toFixed(3), series?.y.length); // 4.243 4.243 3
 * @function
 */
export const persistence0 = /* @__PURE__ */ defineMetric({
  id: 'persistence-0',
  group: 'neighborhoods',
  range: ({ n }) => [0, 2 * Math.max(0, n - 1)],
  title: 'Total persistence in degree 0',
  summary: 'The sum of the distances at which components of the rows join.',
  references: [
    cite(
      sources.homologyFromFiniteApproximations,
      'components over scales are in the minimum spanning tree',
    ),
  ],
  options: {},
  async measure(space) {
    if (space.points.rows < 2) return NO_PAIR;
    const { tree, ...found } = await ofSpanningTree(space, totalLength);
    const { lengths, to } = tree;
    const ends = new Set(Array.from(to.subarray(Math.max(0, to.length - NAMED))).toReversed());
    return {
      ...found,
      rows: Array.from(ends, (i) => (tree.rows ? tree.rows[i] : i)),
      series: { x: Array.from(lengths.keys()), y: lengths, xName: 'merge', yName: 'distance' },
    };
  },
  underUniform: (model) => underUniformTrees(model, totalLength),
});

function totalLength({ lengths }: SpanningTree): number {
  return sumOf(lengths);
}
