import { cite } from '../../method/bibliography/cite.ts';
import * as sources from '../../method/bibliography/sources.ts';
import { boolean, integer, number } from '../../method/options.ts';
import { defineClassifier } from './define.ts';
import { fittedLogistic, logisticProbabilities } from './support/logistic-model.ts';

/**
 * Multinomial logistic regression: the probabilities of classes are the softmax of linear scores.
 *
 *     p_c(x) = exp(⟨w_c, z⟩ + b_c)/Σ_j exp(⟨w_j, z⟩ + b_j),   z = (x − mean)/deviation, column by column
 *     minimise Σᵢ −log p_{yᵢ}(xᵢ) + λ/2·Σ_c ‖w_c‖²
 *
 * with X n × d and W C × d; the b have no penalty. With two classes the penalty is λ/2·‖w₁ − w₀‖². The optimum is found to
 * 1e-6 of the weights within `steps`. Constant columns count nothing.
 *
 * @remarks The first thing to try on embeddings, and the rival of anything that explains: if it is as good as the black box,
 * explain it. A larger `penalty` for few rows or many columns; without `scaled` the columns keep their own spreads, which
 * is what rows of length 1 are best left with.
 * @example
 * import { matrix } from 'tammes';
 * import { logistic } from 'tammes/classifiers';
 *
 * const points = matrix(new Float64Array([0, 1, 2, 3]), 4, 1);
 * const { model } = await logistic({ points, classes: ['low', 'low', 'high', 'high'] });
 * const { names, scores } = await logistic.scores(model, matrix(new Float64Array([1.5]), 1, 1));
 * console.log(names.join(), scores.data.map((p) => Math.round(100 * p)).join()); // high,low 50,50
 * @function
 */
export const logistic = /* @__PURE__ */ defineClassifier({
  id: 'logistic',
  title: 'Multinomial logistic regression',
  summary: 'Probabilities of classes from linear scores, at the optimum.',
  references: [
    cite(sources.regressionAnalysisOfBinarySequences, 'section 4, for more than two classes'),
  ],
  gives: 'probabilities',
  options: {
    penalty: number(1, 'Weight of the squares of the weights; above 0.', {
      min: 1e-9,
      symbol: 'λ',
    }),
    steps: integer(200, 'Most steps of the search.', { min: 1 }),
    scaled: boolean(true, 'Columns are brought to variance 1 first.'),
  },
  fit({ points, of, names }, options) {
    const { arrays, model } = fittedLogistic(points, of, names.length, options);
    const { value, iterations, isReached } = model;
    const warnings = isReached
      ? []
      : [
          `The weights are not at the optimum after ${iterations} steps: classes can be told apart so well that only the penalty stops them; a larger penalty or more steps help.`,
        ];
    return { settings: {}, arrays, facts: { loss: value, iterations }, warnings };
  },
  score: ({ arrays }, rows) => logisticProbabilities(arrays, rows),
});
