import { gathered, type Matrix } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { integer } from '../../method/options.ts';
import { defineClassifier } from './define.ts';
import { baseOptions } from './support/base-options.ts';
import { convexEmbeddings } from './support/convex-embeddings.ts';
import { cosines } from './support/cosines.ts';
import { fittedLogistic, logisticProbabilities } from './support/logistic-model.ts';

/**
 * Convex combination of semantic embeddings: a row lies between the meanings of the classes that a classifier sees in it,
 * and is scored for every class whose meaning is known.
 *
 *     z(x) = Σ p_c(x)·ŝ_c/Σ p_c(x)   over the T seen classes of largest p_c(x)
 *     s_u(x) = cos(z(x), s_u)
 *
 * with X n × d, the vectors s of all classes C × a, ŝ their unit vectors, and p the softmax of a logistic regression on
 * the rows of the seen classes.
 *
 * @remarks The first thing to try for classes without rows: nothing is learned but an ordinary classifier. The vectors decide:
 * with attributes that add up it is hard to beat, with word vectors of names it tells apart what the names do. It wants
 * probabilities that spread over several classes, so a larger `penalty` can help; and seen classes score high for their
 * own rows, so ask `among: 'unseen'` where it is known that none is meant. For probabilities of another classifier there
 * is `convexEmbeddings`.
 * @example
 * import { matrix } from 'tammes';
 * import { conse } from 'tammes/classifiers';
 *
 * const points = matrix(new Float64Array([0, 4, 0, 5, 4, 0, 5, 0]), 4, 2);
 * const about = {
 *   names: ['cat', 'truck', 'toy truck'],
 *   vectors: matrix(new Float64Array([1, 0, 0, 1, 1, 1]), 3, 2), // alive or played with, has wheels
 * };
 * const { model } = await conse({ points, classes: ['cat', 'cat', 'truck', 'truck'], about });
 * const { classes } = await conse.predict(model, matrix(new Float64Array([2.2, 2.2]), 1, 2));
 * console.log(classes[0]); // toy truck
 * @function
 */
export const conse = /* @__PURE__ */ defineClassifier({
  id: 'conse',
  title: 'Convex combination of semantic embeddings',
  summary: 'Classes without rows, by the meanings of the classes that a classifier sees.',
  references: [cite(papers.conse, 'equation 2')],
  gives: 'scores',
  knows: ['vectors'],
  options: {
    count: integer(10, 'Most probable classes that count.', { min: 1, symbol: 'T' }),
    ...baseOptions,
  },
  fit({ points, of, seen, about }, { count, ...base }) {
    const { arrays, model } = fittedLogistic(points, of, seen, base);
    const vectors = about.vectors as Matrix<Float64Array>;
    return {
      settings: { count },
      arrays: { ...arrays, vectors },
      facts: { loss: model.value, iterations: model.iterations },
    };
  },
  score({ settings, arrays, seen }, rows) {
    const { vectors } = arrays;
    const own = gathered(
      vectors,
      Int32Array.from({ length: seen }, (_, c) => c),
    );
    const probabilities = logisticProbabilities(arrays, rows);
    return cosines(convexEmbeddings(probabilities, own, Number(settings['count'])), vectors);
  },
});
