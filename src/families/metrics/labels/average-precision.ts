import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { averagePrecisionOf } from '../../../structures/retrieval/rankings.ts';
import { defineMetric } from '../define.ts';
import { overQueries } from './support/ranked-metric.ts';

/**
 * Mean average precision (MAP): how early the rows that answer a query come, taken together.
 *
 *     1/|Q| Σ_q 1/R_q Σ_{i=1…R_q} i/r_{q,i}
 *
 * with Q the queries that have an answer, R_q the answers of q and r_{q,1} < r_{q,2} < … their ranks,
 * from 1, among all n rows by cosine to q; i/r is the precision at that rank. Equal cosines by lower row.
 * The interval is for other queries of the same kind, and a warning says when these are few. The null is
 * exact, rows in random order: (H_n + (R − 1)(n − H_n)/(n − 1))/n, H_n = Σ 1/r. NaN without `answers` in
 * the run's options.
 *
 * @remarks Use it when a query has several answers and all of them count: it takes in the whole ranking.
 * With one answer for each query it is `reciprocal-rank`. Relevance counts as yes or no; for grades see
 * `ndcg`, and for a fixed list length `recall`. 0 to 1, larger is better. Costs O(|Q| n d).
 * @example
 * import { matrix } from 'tammes';
 * import { averagePrecision } from 'tammes/metrics';
 *
 * // Four rows, the axes; the query's cosines to them fall from the first on, and two of them answer.
 * const rows = matrix(Float32Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1), 4, 4);
 * const queries = matrix(Float32Array.of(0.5, 0.4, 0.3, 0.1), 1, 4);
 * const judgements = [
 *   { query: 0, document: 1 },
 *   { query: 0, document: 2 },
 * ];
 * const answers = { queries, judgements };
 * const { value, null: chance } = await averagePrecision(rows, {}, { answers });
 * // Ranks 2 and 3: (1/2 + 2/3)/2.
 * console.log(value.toFixed(4), (7 / 12).toFixed(4), chance?.value.toFixed(2)); // 0.5833 0.5833 0.68
 * @function
 */
export const averagePrecision = /* @__PURE__ */ defineMetric({
  id: 'average-precision',
  group: 'labels',
  range: [0, 1],
  needs: 'answers',
  title: 'Mean average precision',
  summary: 'How early the rows that answer a query come, taken together.',
  references: [cite(sources.introductionToInformationRetrieval, '8.4: mean average precision')],
  options: {},
  async measure(space) {
    const { found: _, ...measured } = await overQueries(
      space,
      averagePrecisionOf,
      (n, relevant) => {
        let harmonic = 0;
        for (let rank = 1; rank <= n; rank++) harmonic += 1 / rank;
        return n < 2 ? 1 : (harmonic + ((relevant - 1) * (n - harmonic)) / (n - 1)) / n;
      },
    );
    return measured;
  },
});
