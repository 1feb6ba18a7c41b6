import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { integer } from '../../../method/options.ts';
import { discount, discountedGain, idealGain } from '../../../structures/retrieval/rankings.ts';
import { defineMetric } from '../define.ts';
import { overQueries } from './support/ranked-metric.ts';

/**
 * nDCG@k: Σ gain/log₂(1 + rank) over the rows among a query's k nearest by cosine that answer it, divided by
 * the best there could be; gains are the relevances themselves. A mean over the queries, with an
 * interval for other queries of the same kind; the null is exact, Σ gain · Σ_{r ≤ k} 1/log₂(1 + r) / n over the best.
 *
 * @function
 */
export const ndcg = /* @__PURE__ */ defineMetric({
  id: 'ndcg',
  group: 'labels',
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
