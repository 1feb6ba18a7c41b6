import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { integer } from '../../method/options.ts';
import { decisionTree, leavesOf, treeValues } from '../../structures/trees/decision-tree.ts';
import { defineClassifier } from './define.ts';
import { treeArrays, treeOfArrays } from './support/fitted-tree.ts';

/**
 * Classification tree: questions about one column at a time, x_j ≤ t, until the rows of a leaf are of one class.
 *
 *     next question: argmax over leaves, j, t of n·G − n_l·G_l − n_r·G_r,   G = Σ_c p_c(1 − p_c)
 *     s_c(x) = p_c of the leaf that x comes to
 *
 * with X n × d, p_c the share of class c among the n rows of a leaf, l and r its two parts. Thresholds lie halfway between
 * numbers that rows have. Of equally good questions the one of the lower column counts, then of the lower threshold.
 *
 * @remarks A model that can be read: `treeRules` of its fit has every leaf as conditions with the rows that keep them. Columns
 * need no scaling. Where each column says little by itself, as in most embeddings, `logistic` is far better; a tree of few
 * leaves on a few named columns is for reading. Columns of more than `thresholds` numbers are cut at quantiles, which makes
 * it O(ndL) for L levels.
 * @example
 * import { matrix } from 'tammes';
 * import { tree, treeRules } from 'tammes/classifiers';
 *
 * const points = matrix(new Float64Array([1, 0, 2, 7, 6, 1, 8, 5]), 4, 2);
 * const { model } = await tree({ points, classes: ['low', 'low', 'high', 'high'] }, { leafRows: 1 });
 * const [{ name, support, conditions }] = await treeRules(model);
 * console.log(name, support, conditions); // low 2 [ { column: 0, above: -Infinity, atMost: 4 } ]
 * @function
 */
export const tree = /* @__PURE__ */ defineClassifier({
  id: 'tree',
  title: 'Classification tree',
  summary: 'Questions about one column at a time, which can be read as rules.',
  references: [
    cite(
      sources.classificationAndRegressionTrees,
      'chapters 2 and 4: the splits by Gini’s impurity',
    ),
  ],
  gives: 'probabilities',
  options: {
    depth: integer(6, 'Most questions from the root to a leaf.', { min: 0, max: 64 }),
    leafRows: integer(5, 'Fewest rows of a leaf.', { min: 1 }),
    leaves: integer(0, 'Most leaves, the best questions first; 0: any number.', { min: 0 }),
    thresholds: integer(255, 'Most thresholds tried in a column.', { min: 1, max: 65535 }),
  },
  deviations: ['Leaves are limited before they grow; nothing is pruned.'],
  async fit({ points, of, names }, { depth, leafRows, leaves, thresholds }, { run }) {
    const grown = await decisionTree(
      points,
      { of, classes: names.length },
      { depth, leafRows, leaves: leaves || Infinity, thresholds },
      run,
    );
    const ends = new Set(leavesOf(grown, points));
    const right = treeValues(grown, points);
    let known = 0;
    for (const [i, c] of of.entries()) {
      const shares = right.data.subarray(i * right.cols, (i + 1) * right.cols);
      if (shares.indexOf(shares.reduce((a, b) => Math.max(a, b))) === c) known += 1;
    }
    return {
      settings: {},
      arrays: treeArrays(grown),
      facts: { leaves: ends.size, trainAccuracy: known / of.length },
    };
  },
  score: ({ arrays }, rows) => treeValues(treeOfArrays('tree', arrays), rows),
});
