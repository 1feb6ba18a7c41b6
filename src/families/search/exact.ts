import { gathered, type Matrix, matrix } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { defineIndex } from './define.ts';
import { bestOf, noneFound } from './support/best.ts';
import { similarityOption } from './support/common-options.ts';
import { allowedRows, asCompared, scoresOf } from './support/similarity.ts';

/** Products held at once. */
const BLOCK = 2 ** 22;

/**
 * Exact search: every document is scored, and the k best are the answer.
 *
 *     score(q, x) = ⟨q, x⟩/(‖q‖‖x‖)  (cosine),   ⟨q, x⟩  (dot),   −‖q − x‖  (euclidean)
 *
 * with X n × d and q of d numbers; O(nd) a query. Under the cosine a row of zeros has the score 0.
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
  async search({ settings, arrays, n }, queries, { k, allowed }, { engine, work }) {
    const similarity = settings['similarity'] as 'cosine';
    const asked = asCompared(queries.points as Matrix<Float32Array>, similarity);
    const data = (await arrays.whole('points')) as Float32Array;
    const all = matrix(data, n, asked.cols);
    const places = allowed && allowedRows(allowed);
    const points = places ? gathered(all, places) : all;
    const found = noneFound(asked.rows, k, true);
    found.scanned.fill(points.rows);
    const size = Math.max(1, Math.floor(BLOCK / asked.rows));
    for (let from = 0; from < points.rows; from += size) {
      const block = await scoresOf(
        asked,
        points,
        from,
        Math.min(points.rows, from + size),
        similarity,
        {
          engine,
          work,
        },
      );
      for (let q = 0; q < asked.rows; q++) {
        const best = bestOf(found, q, k);
        for (let j = 0; j < block.cols; j++) {
          const score = block.data[q * block.cols + j];
          if (score >= best.floor) best.offer(places ? places[from + j] : from + j, score);
        }
      }
    }
    return found;
  },
});
