import { gathered } from '../../core/matrix.ts';
import { defineMetric } from '../contract.ts';
import { meanEstimate } from '../shared/intervals.ts';
import { NO_PAIR } from '../shared/nearest-angles.ts';
import { spanningTreeOf } from '../shared/spanning-tree.ts';
import { studentQuantile } from '../shared/student.ts';
import { grouped, simulatedInterval } from '../shared/uniform-model.ts';

const PARTS = 8;
const DRAWS = 5;
const TREE_ROWS = 1000;
const NAMED = 10;

/**
 * Total persistence in degree 0, exactly: the sum of the scales (chords) at which components of the rows
 * join, which are the edges of the minimum spanning tree. `series` has them in order: a step at its end
 * means parts that stay apart. Rows named are the far ends of the ten longest edges.
 *
 * Of more than 1,000 rows a sample is joined. The interval comes from trees of eight parts of the rows.
 *
 * @function
 */
export const persistence0 = /* @__PURE__ */ defineMetric({
  id: 'persistence-0',
  group: 'neighborhoods',
  title: 'Total persistence in degree 0',
  summary: 'The sum of the distances at which components of the rows join.',
  references: [
    {
      authors: 'Robins',
      title: 'Towards computing homology from finite approximations',
      year: 1999,
      source: 'Topology Proceedings 24:503-532',
      part: 'components over scales are in the minimum spanning tree',
    },
  ],
  options: {},
  async measure(space) {
    const { points } = space;
    if (points.rows < 2) return NO_PAIR;
    const tree = await space.spanningTree();
    const { lengths } = tree;
    const edges = lengths.length;
    const value = sum(lengths);
    const ends = new Set(Array.from(tree.to.subarray(Math.max(0, edges - NAMED))).toReversed());
    const found = {
      value,
      rows: Array.from(ends, (i) => (tree.rows ? tree.rows[i] : i)),
      series: { x: Array.from(lengths.keys()), y: lengths, xName: 'merge', yName: 'distance' },
      warnings: tree.rows
        ? [`joins a sample of ${grouped(tree.n)} of the ${grouped(points.rows)} rows.`]
        : [],
    };
    if (tree.n < 4 * PARTS) return found;
    const sample = tree.rows ? gathered(points, tree.rows) : points;
    const order = space.random('tree parts').sample(tree.n, Math.min(tree.n, TREE_ROWS));
    const totals: number[] = [];
    for (let part = 0; part < PARTS; part++) {
      const some = order.filter((_, at) => at % PARTS === part);
      totals.push(sum((await spanningTreeOf(gathered(sample, some))).lengths));
    }
    const { value: mean, standardError } = meanEstimate(totals);
    const share = mean > 0 ? (studentQuantile(0.95, PARTS - 1) * standardError) / mean : 0;
    return { ...found, low: value * Math.max(0, 1 - share), high: value * (1 + share) };
  },
  async underUniform(model) {
    const { n } = model;
    if (n < 2) return undefined;
    const m = Math.min(n, TREE_ROWS);
    const values: number[] = [];
    for (let r = 0; r < DRAWS; r++) {
      values.push(sum((await spanningTreeOf(model.draw(r, m))).lengths));
    }
    const { mean, low, high } = simulatedInterval(values, m, m);
    return { value: mean, low, high, how: `simulated, ${DRAWS} draws of ${m} points; mean` };
  },
});

function sum(lengths: Float64Array): number {
  return lengths.reduce((a, b) => a + b, 0);
}
