import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { reciprocalRankOf } from '../../../structures/retrieval/rankings.ts';
import { defineMetric } from '../define.ts';
import { overQueries } from './support/ranked-metric.ts';

/**
 * Mean reciprocal rank: 1/rank of the first row by cosine that answers a query, as a mean over the
 * queries, with an interval for other queries of the same kind. With R answers among n rows in random order it is
 * Σ_r P(first at r)/r, P(first at r) = R/(n − r + 1) Π_{s<r} (1 − R/(n − s + 1)).
 *
 * @function
 */
export const reciprocalRank = /* @__PURE__ */ defineMetric({
  id: 'reciprocal-rank',
  group: 'labels',
  needs: 'answers',
  title: 'Mean reciprocal rank',
  summary: 'How early the first row that answers a query comes.',
  references: [
    cite(
      sources.introductionToInformationRetrieval,
      '8.4: the rank of the first relevant document',
    ),
  ],
  options: {},
  async measure(space) {
    const { found: _, ...measured } = await overQueries(space, reciprocalRankOf, (n, relevant) => {
      let [none, mean] = [1, 0];
      for (let rank = 1; rank <= n - relevant + 1; rank++) {
        const first = relevant / (n - rank + 1);
        mean += (none * first) / rank;
        none *= 1 - first;
      }
      return mean;
    });
    return measured;
  },
});
