import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { averagePrecisionOf } from '../../../structures/retrieval/rankings.ts';
import { defineMetric } from '../define.ts';
import { overQueries } from './support/ranked-metric.ts';

/**
 * Mean average precision: the mean, over the rows that answer a query, of the precision at their rank by
 * cosine; a mean over the queries, with an interval for other queries of the same kind. With R answers among n rows in random order
 * it is (H_n + (R − 1)(n − H_n)/(n − 1))/n, H_n = Σ 1/r.
 *
 * @function
 */
export const averagePrecision = /* @__PURE__ */ defineMetric({
  id: 'average-precision',
  group: 'labels',
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
