import { InputError } from '../../../core/errors.ts';
import { type Matrix, toFloat64, zeros64 } from '../../../core/matrix.ts';
import type { Fitted } from '../../../learning/index.ts';
import type { DecisionTree } from '../../../structures/trees/decision-tree.ts';

/** Column, threshold, left, right and count of each node. */
const FIELDS = 5;

/** The arrays that hold a tree. */
export function treeArrays(tree: DecisionTree): {
  readonly nodes: Matrix;
  readonly values: Matrix;
} {
  const { columns, thresholds, left, right, counts, values } = tree;
  const nodes = zeros64(columns.length, FIELDS);
  for (let i = 0; i < columns.length; i++)
    nodes.data.set([columns[i], thresholds[i], left[i], right[i], counts[i]], i * FIELDS);
  return { nodes, values };
}

/** The tree that arrays hold; refuses nodes that lead nowhere. */
export function treeOfArrays(id: string, { nodes, values }: Fitted['arrays']): DecisionTree {
  const isWhole = nodes?.cols === FIELDS && nodes.rows > 0 && values?.rows === nodes.rows;
  if (!isWhole) throw new InputError(id, 'the arrays of the tree are damaged.');
  const field = (f: number) =>
    Float64Array.from({ length: nodes.rows }, (_, i) => nodes.data[i * FIELDS + f]);
  const [columns, thresholds, left, right, counts] = [0, 1, 2, 3, 4].map(field);
  for (const [i, column] of columns.entries()) {
    // Children come after their parent, so that every walk ends.
    const leads = [left[i], right[i]].every((to) => to > i && to < nodes.rows);
    if (column >= 0 && !leads) throw new InputError(id, 'the nodes of the tree are damaged.');
  }
  return {
    columns: Int32Array.from(columns),
    thresholds,
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    counts: Int32Array.from(counts),
    values: toFloat64(values),
  };
}
