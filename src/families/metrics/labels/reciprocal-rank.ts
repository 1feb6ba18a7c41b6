import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { reciprocalRankOf } from '../../../structures/retrieval/rankings.ts';
import { defineMetric } from '../define.ts';
import { overQueries } from './support/ranked-metric.ts';

/**
 * Mean reciprocal rank (MRR): how early the first row that answers a query comes.
 *
 *     1/|Q| Σ_q 1/min_i r_{q,i}
 *
 * with Q the queries that have an answer and r_{q,i} the ranks of the answers of q, from 1, among all
 * rows by cosine to q. Equal cosines by lower row. The interval is for other queries of the same kind,
 * and a warning says when these are few. The null is exact: with R answers among n rows in random order
 * it is Σ_r P(first at r)/r, P(first at r) = R/(n − r + 1) Π_{s<r} (1 − R/(n − s + 1)). NaN without
 * `answers` in the run's options.
 *
 * @remarks Use it where one right answer is enough, as in question answering or in finding the pair of a
 * row: ½ is as if the first answer always came second. Ranks 1 and 2 decide nearly everything, so it
 * varies more than `recall`; answers after the first count nothing, for which see `average-precision`. 0
 * to 1, larger is better. Costs O(|Q| n d).
 * @example
 * import { Random } from 'tammes';
 * import { uniformPoints } from 'tammes/manifolds';
 * import { reciprocalRank } from 'tammes/metrics';
 *
 * // Each row asked for by a noisy copy of itself, then by one with far more noise.
 * const random = Random.fromSeed(1);
 * const rows = uniformPoints(200, 8, random);
 * const judgements = Array.from({ length: 200 }, (_, i) => ({ query: i, document: i }));
 * const asked = async (noise: number) => {
 *   const queries = { ...rows, data: rows.data.map((x) => x + noise * random.normal()) };
 *   return (await reciprocalRank(rows, {}, { answers: { queries, judgements } })).value;
 * };
 * console.log((await asked(0.01)).toFixed(3), (await asked(0.5)) < 0.7); // 1.000 true
 * @function
 */
export const reciprocalRank = /* @__PURE__ */ defineMetric({
  id: 'reciprocal-rank',
  group: 'labels',
  range: [0, 1],
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
