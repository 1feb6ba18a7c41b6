import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { integer } from '../../../method/options.ts';
import { discount, discountedGain, idealGain } from '../../../structures/retrieval/rankings.ts';
import { defineMetric } from '../define.ts';
import { overQueries } from './support/ranked-metric.ts';

/**
 * nDCG@k: how near the order of the first k rows comes to the best one.
 *
 *     1/|Q| Σ_q DCG_q/IDCG_q,   DCG_q = Σ_{r ≤ k} gain(q, r)/log₂(1 + r)
 *
 * with Q the queries that have an answer, gain(q, r) the relevance to q of the row at rank r by cosine,
 * and IDCG the DCG of the best order there could be. Gains are the relevances themselves, as in
 * trec_eval. Equal cosines by lower row. The interval is for other queries of the same kind, and a
 * warning says when these are few; the null is exact, rows in random order: Σ gain · Σ_{r ≤ k}
 * 1/log₂(1 + r)/n over the best. NaN without `answers` in the run's options.
 *
 * @remarks Use it when answers have grades, or to compare with retrieval benchmarks such as BEIR, which
 * report nDCG@10. The upper ranks count most, and everything beyond k counts nothing. With relevances 0
 * and 1 and a list that is read whole, `recall` is easier to explain. 0 to 1, larger is better. Costs
 * O(|Q| n d).
 * @example
 * import { matrix } from 'tammes';
 * import { ndcg } from 'tammes/metrics';
 *
 * // Four rows, the axes, which the query ranks in their order; the second answers it, the third more so.
 * const rows = matrix(Float32Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1), 4, 4);
 * const queries = matrix(Float32Array.of(0.5, 0.4, 0.3, 0.1), 1, 4);
 * const judgements = [
 *   { query: 0, document: 1, relevance: 1 },
 *   { query: 0, document: 2, relevance: 3 },
 * ];
 * const { value } = await ndcg(rows, {}, { answers: { queries, judgements } });
 * // 1/log₂ 3 + 3/log₂ 4 of at best 3/log₂ 2 + 1/log₂ 3.
 * const [second, third] = [1 / Math.log2(3), 1 / Math.log2(4)];
 * console.log(value.toFixed(4), ((second + 3 * third) / (3 + second)).toFixed(4)); // 0.5869 0.5869
 * @function
 */
export const ndcg = /* @__PURE__ */ defineMetric({
  id: 'ndcg',
  group: 'labels',
  range: [0, 1],
  needs: 'answers',
  title: 'nDCG of the first 10',
  summary: 'How near the order of the first k rows comes to the best one.',
  references: [cite(sources.cumulatedGain, 'normalized discounted cumulated gain')],
  options: { k: integer(10, 'How many rows a search returns.', { min: 1, symbol: 'k' }) },
  async measure(space, { k }) {
    const { found: _, ...measured } = await overQueries(
      space,
      (ranks, gains) => discountedGain(ranks, gains, k),
      (n, __, gains) => {
        let discounts = 0;
        for (let rank = 1; rank <= Math.min(k, n); rank++) discounts += discount(rank, k) / n;
        return (gains.reduce((a, b) => a + b, 0) * discounts) / idealGain(gains, k);
      },
    );
    return measured;
  },
});
