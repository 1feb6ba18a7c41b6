import type { Matrix } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { defineIndex } from './define.ts';
import { similarityOption } from './support/common-options.ts';
import { scan } from './support/scan.ts';
import { asCompared } from './support/similarity.ts';

/**
 * Exact search: every document is scored, and the k best are the answer.
 *
 *     score(q, x) = ⟨q, x⟩/(‖q‖‖x‖)  (cosine),   ⟨q, x⟩  (dot),   −‖q − x‖  (euclidean)
 *
 * with X n × d and q of d numbers; O(nd) a query. Candidates by blocks of products in
 * float32, the answer in float64. Under the cosine a row of zeros has the score 0.
 *
 * @remarks Use it up to some 100,000 rows, or where no answer may be missed; `graph` answers in a small part of the time
 * and says with which recall. With a filter only the documents that pass are scored.
 * @example
 * import { matrix } from 'tammes';
 * import { exact } from 'tammes/search';
 *
 * const { index } = await exact({ points: matrix(new Float32Array([1, 0, 0, 1, 1, 1]), 3, 2) });
 * const { rows } = await exact.search(index, { points: [[2, 1]] }, { k: 2 });
 * console.log([...rows].join(' ')); // 2 0
 * @function
 */
export const exact = /* @__PURE__ */ defineIndex({
  id: 'exact',
  title: 'Exact search',
  summary: 'Every document is scored: no answer is missed.',
  references: [
    cite(papers.benchmarkingFilteredAnnTransformerEmbeddings, 'section 3: pre-filtering, exact'),
  ],
  takes: 'points',
  options: { similarity: similarityOption },
  build({ points }, { similarity }) {
    const { data, rows, cols } = asCompared(points as Matrix<Float32Array>, similarity);
    return { settings: { similarity }, arrays: { points: { shape: [rows, cols], data } } };
  },
  search: scan,
});
