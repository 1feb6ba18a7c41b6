import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { integer } from '../../../method/options.ts';
import { queryMean, recallAt } from '../../../structures/retrieval/rankings.ts';
import { defineMetric } from '../define.ts';
import { overQueries } from './support/ranked-metric.ts';

const CUTOFFS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/**
 * Recall@k: how many of the rows that answer a query are among its k nearest.
 *
 *     1/|Q| Σ_q #{ answers of q with rank ≤ k }/R_q
 *
 * with Q the queries that have an answer, R_q the answers of q and ranks, from 1, among all n rows by
 * cosine to q. Equal cosines by lower row. The interval is for other queries of the same kind, and a
 * warning says when these are few; the null is exact, rows in random order: k/n. `series` is the recall
 * over k. NaN without `answers` in the run's options.
 *
 * @remarks Use it for the first stage of a search, whose k results another model will reorder: what is
 * not among them is lost. It does not mind the order within the k; for that see `reciprocal-rank` and
 * `ndcg`. With more than k answers it cannot reach 1. 0 to 1, larger is better; it rises with k and falls
 * as n grows. Costs O(|Q| n d).
 * @example
 * import { matrix } from 'tammes';
 * import { recall } from 'tammes/metrics';
 *
 * // Four rows, the axes, which the query ranks in their order; the second and the third answer it.
 * const rows = matrix(Float32Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1), 4, 4);
 * const queries = matrix(Float32Array.of(0.5, 0.4, 0.3, 0.1), 1, 4);
 * const judgements = [
 *   { query: 0, document: 1 },
 *   { query: 0, document: 2 },
 * ];
 * const answers = { queries, judgements };
 * const { value, null: chance } = await recall(rows, { k: 2 }, { answers });
 * console.log(value, chance?.value, (await recall(rows, { k: 3 }, { answers })).value); // 0.5 0.5 1
 * @function
 */
export const recall = /* @__PURE__ */ defineMetric({
  id: 'recall',
  group: 'labels',
  range: [0, 1],
  needs: 'answers',
  title: 'Recall of the first 10',
  summary: 'How many of the rows that answer a query are among its k nearest.',
  references: [cite(sources.introductionToInformationRetrieval, '8.3: recall, of the first k')],
  options: { k: integer(10, 'How many rows a search returns.', { min: 1, symbol: 'k' }) },
  async measure(space, { k }) {
    const { found, ...measured } = await overQueries(
      space,
      (ranks) => recallAt(ranks, k),
      (n) => Math.min(1, k / n),
    );
    const at = CUTOFFS.filter((cutoff) => cutoff <= found.n);
    const values = at.map((cutoff) => queryMean(found, (ranks) => recallAt(ranks, cutoff)).value);
    return { ...measured, series: { x: at, y: values, xName: 'k', yName: 'recall' } };
  },
});
