import { OptionError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';
import { defaultEngine } from '../../../engine/choose.ts';
import type { Engine } from '../../../engine/engine.ts';
import type { Judgement } from '../../../io/judgements.ts';
import {
  averagePrecisionOf,
  discountedGain,
  queryMean,
  type RetrievalNumber,
  rankings,
  recallAt,
  reciprocalRankOf,
} from '../../../structures/retrieval/rankings.ts';

export type { Judgement } from '../../../io/judgements.ts';
export type {
  Answers,
  Rankings,
  RetrievalNumber,
} from '../../../structures/retrieval/rankings.ts';

export interface RetrievalOptions {
  /** The k of recall@k and nDCG@k. Default 1, 5, 10, 100. */
  readonly cutoffs?: readonly number[];
  readonly engine?: Engine;
}

export interface RetrievalResult {
  /** Share of a query's relevant documents among its first k, by k. */
  readonly recall: Readonly<Record<number, RetrievalNumber>>;
  /** Σ relevance/log₂(1 + rank) over the first k, divided by the best there could be, by k. */
  readonly ndcg: Readonly<Record<number, RetrievalNumber>>;
  /** Mean of 1/rank of the first relevant document. */
  readonly mrr: RetrievalNumber;
  /** Mean over queries of the mean precision at the ranks of its relevant documents. */
  readonly map: RetrievalNumber;
  /** Queries with a relevant document, which the numbers are about. */
  readonly queries: readonly number[];
  /** Average precision of each of these, in the same order. */
  readonly averagePrecision: Float64Array;
  readonly warnings: readonly string[];
}

/**
 * Recall, nDCG, MRR and MAP of documents ranked by cosine to each query, over all documents; equal cosines
 * by lower row. Gains of nDCG are the relevances themselves, as in trec_eval and scikit-learn.
 *
 * @throws InputError where no query has a relevant document, or a judgement names a row there is not.
 */
export async function retrievalMetrics(
  queries: Matrix,
  documents: Matrix,
  judgements: readonly Judgement[],
  options: RetrievalOptions = {},
): Promise<RetrievalResult> {
  const { cutoffs = [1, 5, 10, 100] } = options;
  for (const k of cutoffs) {
    if (!Number.isSafeInteger(k) || k < 1) {
      throw new OptionError('retrieval', 'cutoffs', 'integers of 1 and more', k);
    }
  }
  const engine = options.engine ?? (await defaultEngine(queries));
  const found = await rankings({ queries, judgements }, documents, engine);
  const mean = (of: Parameters<typeof queryMean>[1]) => queryMean(found, of);
  const each = (f: (ranks: Float64Array, gains: Float64Array, k: number) => number) =>
    Object.fromEntries(cutoffs.map((k) => [k, mean((ranks, gains) => f(ranks, gains, k))]));
  return {
    recall: each((ranks, _, k) => recallAt(ranks, k)),
    ndcg: each(discountedGain),
    mrr: mean(reciprocalRankOf),
    map: mean(averagePrecisionOf),
    queries: found.queries,
    averagePrecision: Float64Array.from(found.ranks, averagePrecisionOf),
    warnings: found.warnings,
  };
}
