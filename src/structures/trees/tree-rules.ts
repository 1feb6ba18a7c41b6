import type { DecisionTree } from './decision-tree.ts';

/** What a row has to keep in one column: above `above`, at most `atMost`. */
export interface Condition {
  readonly column: number;
  readonly above: number;
  readonly atMost: number;
}

/** A leaf as a rule: all conditions, and what holds where they do. */
export interface TreeRule {
  readonly leaf: number;
  /** One for each column asked on the way, in the order in which they are first asked; none for a tree that asks nothing. */
  readonly conditions: readonly Condition[];
  /** Rows of the fit that keep it. */
  readonly support: number;
  /** Means of their targets: for classes their shares. */
  readonly values: Float64Array;
  /** The place of the largest value, of equal ones the first. */
  readonly place: number;
  /** The largest value: for classes the purity of the leaf. */
  readonly confidence: number;
}

/** The rules of all leaves, those with most rows first. */
export function treeRules(tree: DecisionTree): TreeRule[] {
  const rules: TreeRule[] = [];
  const walk = (node: number, conditions: readonly Condition[]): void => {
    const { columns, thresholds, left, right } = tree;
    const column = columns[node];
    if (column < 0) {
      rules.push(ruleOf(tree, node, conditions));
      return;
    }
    walk(left[node], narrowed(conditions, { column, above: -Infinity, atMost: thresholds[node] }));
    walk(right[node], narrowed(conditions, { column, above: thresholds[node], atMost: Infinity }));
  };
  walk(0, []);
  return rules.sort((a, b) => b.support - a.support || a.leaf - b.leaf);
}

function ruleOf(
  { counts, values: { data, cols } }: DecisionTree,
  leaf: number,
  conditions: readonly Condition[],
): TreeRule {
  const values = data.slice(leaf * cols, (leaf + 1) * cols);
  const confidence = values.reduce((a, b) => Math.max(a, b));
  const place = values.indexOf(confidence);
  return { leaf, conditions, support: counts[leaf], values, place, confidence };
}

/** The conditions with one more; that of the same column becomes narrower. */
function narrowed(conditions: readonly Condition[], more: Condition): readonly Condition[] {
  const known = conditions.find(({ column }) => column === more.column);
  if (!known) return [...conditions, more];
  const both = {
    column: more.column,
    above: Math.max(known.above, more.above),
    atMost: Math.min(known.atMost, more.atMost),
  };
  return conditions.map((own) => (own === known ? both : own));
}
