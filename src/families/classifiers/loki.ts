import type { Matrix } from '../../core/matrix.ts';
import { exp, log } from '../../core/numeric.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { number } from '../../method/options.ts';
import { defineClassifier } from './define.ts';
import { baseOptions } from './support/base-options.ts';
import { labelScores } from './support/label-locus.ts';
import { fittedLogistic, logisticProbabilities } from './support/logistic-model.ts';

/**
 * Fréchet means in a metric of the labels: of all labels, those without rows among them, the one of least expected squared
 * distance.
 *
 *     s_y(x) = −Σ_k p̂_k(x)·d(y, λ_k)²,   p̂_k = p_k^β/Σ p_j^β
 *
 * with X n × d, λ the K labels that rows have, d the distances of all C labels, and p the softmax of a logistic regression.
 *
 * @remarks Where errors differ in size: a tree of labels, a scale, a map. If the probabilities are right, no other prediction
 * has a smaller expected squared distance, and the likeliest label never a smaller one. Labels without rows are found
 * where they lie between others: the leaves of a tree reach all of it, equally far labels reach none besides themselves
 * (`labelLocus`; `nextLabel` says for which label rows would help most). Probabilities that are too even end in the middle
 * of the labels: a `sharpness` above 1 helps.
 * @example
 * import { matrix } from 'tammes';
 * import { loki } from 'tammes/classifiers';
 *
 * const points = matrix(new Float64Array([0, 1, 4, 5]), 4, 1);
 * const about = {
 *   names: ['low', 'middle', 'high'],
 *   distances: matrix(new Float64Array([0, 1, 2, 1, 0, 1, 2, 1, 0]), 3, 3),
 * };
 * const { model } = await loki({ points, classes: ['low', 'low', 'high', 'high'], about });
 * const { classes } = await loki.predict(model, matrix(new Float64Array([-1, 2.5, 6]), 3, 1));
 * console.log(classes.join()); // low,middle,high
 * @function
 */
export const loki = /* @__PURE__ */ defineClassifier({
  id: 'loki',
  title: 'Fréchet means of labels',
  summary: 'The label of least expected squared distance, also of labels without rows.',
  references: [cite(papers.geometryAwareAdaptationPretrainedModels, 'equation 1 and section 4.1')],
  gives: 'scores',
  knows: ['distances'],
  options: {
    sharpness: number(1, 'Power of the probabilities.', { min: 0.01, max: 100, symbol: 'β' }),
    ...baseOptions,
  },
  deviations: [
    'The paper adapts models that exist; here a logistic regression is fitted. `labelScores` takes probabilities of any model.',
    'Probabilities that are too even are raised to a power, in place of a temperature of logits, which is the same.',
  ],
  fit({ points, of, seen, about }, { sharpness, ...base }) {
    const { arrays, model } = fittedLogistic(points, of, seen, base);
    const distances = about.distances as Matrix<Float64Array>;
    return {
      settings: { sharpness },
      arrays: { ...arrays, distances },
      facts: { loss: model.value, iterations: model.iterations },
    };
  },
  score({ settings, arrays, seen }, rows) {
    const probabilities = logisticProbabilities(arrays, rows);
    sharpenInPlace(probabilities, Number(settings['sharpness']));
    const observed = Int32Array.from({ length: seen }, (_, c) => c);
    return labelScores(probabilities, arrays['distances'], observed);
  },
});

function sharpenInPlace({ data, rows: r, cols: k }: Matrix<Float64Array>, power: number): void {
  if (power === 1) return;
  for (let i = 0; i < r; i++) {
    const own = data.subarray(i * k, (i + 1) * k);
    const most = own.reduce((a, b) => Math.max(a, b));
    let total = 0;
    for (let c = 0; c < k; c++) {
      own[c] = own[c] > 0 ? exp(power * log(own[c] / most)) : 0;
      total += own[c];
    }
    for (let c = 0; c < k; c++) own[c] /= total;
  }
}
