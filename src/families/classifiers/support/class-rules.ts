import { fittedOf, type Model, type StoredModel } from '../../../learning/index.ts';
import { type Condition, treeRules as rulesOf } from '../../../structures/trees/tree-rules.ts';
import { treeOfArrays } from './fitted-tree.ts';

/** A leaf of a fitted tree as a rule. */
export interface ClassRule {
  /** The class of most of its rows. */
  readonly name: string;
  /** What a row has to keep: column by column above one number and at most another. */
  readonly conditions: readonly Condition[];
  /** Rows of the fit that keep them. */
  readonly support: number;
  /** The share of the class among them: the purity of the leaf. */
  readonly confidence: number;
}

/** The rules of a tree that the method `tree` fitted, those with most rows first. */
export async function treeRules(model: StoredModel | Model): Promise<ClassRule[]> {
  const { settings, arrays } = await fittedOf('classifiers/tree', model);
  const names = (settings['classes'] as readonly unknown[]).map(String);
  return rulesOf(treeOfArrays('tree', arrays)).map(
    ({ place, conditions, support, confidence }) => ({
      name: names[place],
      conditions,
      support,
      confidence,
    }),
  );
}
