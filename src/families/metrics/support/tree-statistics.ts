import { grouped } from '../../../core/text.ts';
import { meanOf } from '../../../numerics/statistics/averages.ts';
import { jackknifeSpread } from '../../../numerics/statistics/jackknife.ts';
import type { NullValue } from '../../../numerics/statistics/null-value.ts';
import { simulatedInterval } from '../../../numerics/statistics/simulated-interval.ts';
import type { Space } from '../../../structures/space/types.ts';
import { type SpanningTree, TREE_ROWS } from '../../../structures/trees/spanning-tree.ts';
import type { UniformModel } from '../../../structures/uniform/uniform-model.ts';
import type { Measured } from '../types.ts';

/**
 * A number of the minimum spanning tree, with its 95 % interval by the jackknife: from the trees without
 * each of eight parts of the rows. Trees of the parts alone would not do: where rows lie in clusters they
 * have fewer rows within and as many edges between.
 */
export async function ofSpanningTree(
  space: Space,
  statistic: (tree: SpanningTree) => number,
): Promise<Measured & { readonly tree: SpanningTree }> {
  const tree = await space.spanningTree();
  const value = statistic(tree);
  const warnings = tree.rows
    ? [`joins a sample of ${grouped(tree.n)} of the ${grouped(space.points.rows)} rows.`]
    : [];
  const without = (await space.treesWithout()).map(statistic);
  if (without.length === 0) return { tree, value, warnings };
  const half = jackknifeSpread(without) * scaleOf(tree.n, value, without);
  return { tree, value, low: Math.max(0, value - half), high: value + half, warnings };
}

/** Of more rows than parts are taken from, the relative spread is smaller by the root of their number. */
function scaleOf(n: number, value: number, without: readonly number[]): number {
  if (n <= TREE_ROWS) return 1;
  const mean = meanOf(without);
  return mean > 0 ? (value / mean) * Math.sqrt(TREE_ROWS / n) : 0;
}

/** The number's law in trees of uniform points, as many as are joined. */
export async function underUniformTrees(
  model: UniformModel,
  statistic: (tree: SpanningTree) => number,
): Promise<NullValue | undefined> {
  if (model.n < 2) return undefined;
  const trees = await model.spanningTrees();
  const m = trees[0].n;
  const { mean, low, high } = simulatedInterval(trees.map(statistic), m, m);
  return { value: mean, low, high, how: `simulated, ${trees.length} draws of ${m} points; mean` };
}
