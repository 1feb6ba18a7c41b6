import { cite } from '../../../method/bibliography/cite.ts';
import * as papers from '../../../method/bibliography/papers.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { meanOf } from '../../../numerics/statistics/averages.ts';
import type { SpanningTree } from '../../../structures/trees/spanning-tree.ts';
import { defineMetric } from '../define.ts';
import { NO_PAIR } from '../support/nearest-angles.ts';
import { ofSpanningTree, underUniformTrees } from '../support/tree-statistics.ts';

/**
 * Mean edge (chord) of the minimum spanning tree of the unit rows: long where rows are spread out, short
 * where they lie in clumps or on a surface of few dimensions. −T-REG's L_E but for the factor (n − 1)/n.
 *
 * Of more than 1,000 rows a seeded sample is joined, compared with trees of as many uniform points. The
 * interval comes from trees without each of eight parts of the rows.
 *
 * @function
 */
export const mstLength = /* @__PURE__ */ defineMetric({
  id: 'mst-length',
  group: 'spread',
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
