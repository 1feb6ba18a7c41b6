import { cite } from '../../../method/bibliography/cite.ts';
import * as sources from '../../../method/bibliography/sources.ts';
import { integer } from '../../../method/options.ts';
import { queryMean, recallAt } from '../../../structures/retrieval/rankings.ts';
import { defineMetric } from '../define.ts';
import { overQueries } from './support/ranked-metric.ts';

const CUTOFFS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/**
 * Recall@k: the share of the rows that answer a query which are among its k nearest by cosine, as a mean
 * over the queries. The interval is for other queries of the same kind; rows in random order have k/n.
 * `series` is the recall over k.
 *
 * @function
 */
export const recall = /* @__PURE__ */ defineMetric({
  id: 'recall',
  group: 'labels',
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
