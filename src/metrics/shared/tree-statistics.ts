import type { Measured, NullValue, Space, SpanningTree, UniformModel } from '../contract.ts';
import { meanEstimate } from './intervals.ts';
import { studentQuantile } from './student.ts';
import { grouped, simulatedInterval } from './uniform-model.ts';

/**
 * A number of the minimum spanning tree, with the 95 % interval that its values in trees of parts of
 * the rows give: their relative spread is √parts times that of the whole.
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
  const parts = await space.treeParts();
  if (parts.length === 0) return { tree, value, warnings };
  const { value: mean, standardError } = meanEstimate(parts.map(statistic));
  const t = studentQuantile(0.95, parts.length - 1);
  const share = mean > 0 ? (t * standardError) / mean : 0;
  return { tree, value, low: value * Math.max(0, 1 - share), high: value * (1 + share), warnings };
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
