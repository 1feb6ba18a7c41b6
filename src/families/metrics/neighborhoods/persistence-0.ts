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
 * Total persistence in degree 0, exactly: the sum of the scales (chords) at which components of the rows
 * join, which are the edges of the minimum spanning tree. `series` has them in order: a step at its end
 * means parts that stay apart. Rows named are the far ends of the ten longest edges.
 *
 * Of more than 1,000 rows a sample is joined. The interval comes from trees without each of eight parts of
 * the rows.
 *
 * @function
 */
export const persistence0 = /* @__PURE__ */ defineMetric({
  id: 'persistence-0',
  group: 'neighborhoods',
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
