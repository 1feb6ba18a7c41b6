import { gathered } from '../../core/matrix.ts';
import { defineMetric, type SpanningTree } from '../contract.ts';
import { meanEstimate } from '../shared/intervals.ts';
import { NO_PAIR } from '../shared/nearest-angles.ts';
import { spanningTreeOf } from '../shared/spanning-tree.ts';
import { simulatedInterval } from '../shared/uniform-model.ts';

const DRAWS = 5;
const TREE_ROWS = 1000;
const PARTS = 8;
/** Student's 97.5 % point with 7 degrees of freedom. */
const T975 = 2.3646242510102993;

/**
 * Mean edge (chord) of the minimum spanning tree of the unit rows: long where rows are spread out, short
 * where they lie in clumps or on a surface of few dimensions. −T-REG's L_E but for the factor (n − 1)/n.
 *
 * Of more than 1,000 rows a seeded sample is joined, compared with trees of as many uniform points. The
 * interval comes from trees of eight parts of the rows, whose mean edges vary by √8 as much.
 *
 * @function
 */
export const mstLength = /* @__PURE__ */ defineMetric({
  id: 'mst-length',
  group: 'spread',
  title: 'Mean edge of the minimum spanning tree',
  summary: 'The mean length of the edges of the shortest tree that joins the unit rows.',
  references: [
    {
      authors: 'Mordacq, Loiseaux, Kalogeiton, Oudot',
      title: 'T-REGS: Minimum Spanning Tree Regularization for Self-Supervised Learning',
      year: 2025,
      source: 'arXiv:2510.23484',
      part: 'L_E, the length of the minimum spanning tree',
    },
    {
      authors: 'Steele',
      title: 'Growth Rates of Euclidean Minimal Spanning Trees with Power Weighted Edges',
      year: 1988,
      source: 'doi:10.1214/aop/1176991596',
      part: 'the limit of the length, largest for the uniform density',
    },
  ],
  options: {},
  async measure(space) {
    const { points } = space;
    if (points.rows < 2) return NO_PAIR;
    const tree = await space.spanningTree();
    const value = meanEdge(tree);
    const warnings =
      tree.n < points.rows ? [`joins a sample of ${tree.n} of the ${points.rows} rows.`] : [];
    const series = {
      x: Float64Array.from(tree.lengths.keys()),
      y: tree.lengths,
      xName: 'edge',
      yName: 'length',
    };
    if (tree.n < 3 * PARTS) return { value, warnings, series };
    const sample = tree.rows ? gathered(points, tree.rows) : points;
    const order = space.random('tree parts').sample(tree.n);
    const relative: number[] = [];
    for (let part = 0; part < PARTS; part++) {
      const some = order.filter((_, at) => at % PARTS === part && at < TREE_ROWS);
      relative.push(meanEdge(await spanningTreeOf(gathered(sample, some))));
    }
    const { value: mean, standardError } = meanEstimate(relative);
    const half = mean > 0 ? (T975 * value * standardError) / mean : 0;
    return {
      value,
      low: Math.max(0, value - half),
      high: Math.min(2, value + half),
      warnings,
      series,
    };
  },
  async underUniform(model) {
    const { n } = model;
    if (n < 2) return undefined;
    const m = Math.min(n, TREE_ROWS);
    const values: number[] = [];
    for (let r = 0; r < DRAWS; r++) {
      values.push(meanEdge(await spanningTreeOf(model.draw(r, m))));
    }
    const { mean, low, high } = simulatedInterval(values, m, m);
    return { value: mean, low, high, how: `simulated, ${DRAWS} draws of ${m} points; mean` };
  },
});

function meanEdge({ lengths }: SpanningTree): number {
  return lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
}
