import { InputError, OptionError } from '../../core/errors.ts';
import { counted } from '../../core/text.ts';
import type { RetrievalTask } from '../../io/beir.ts';
import type { Judgement } from '../../io/judgements.ts';
import type { RunOptions } from '../../method/method.ts';
import {
  averagePrecisionOf,
  discountedGain,
  queryMean,
  type RetrievalNumber,
  rankingsOfLists,
  recallAt,
  reciprocalRankOf,
} from '../../structures/retrieval/rankings.ts';
import { type Corpus, type IndexFile, indexById, type OpenIndex, queryIndex } from './search.ts';

export interface EvaluateOptions {
  /** Ranks at which recall is counted. Default: 10 and 100. */
  readonly cutoffs?: readonly number[] | undefined;
  /** Documents asked for; what stands below counts as not found. Default: 100, or the largest cutoff. */
  readonly depth?: number | undefined;
  /** Work that an approximate index may do, in its own unit. */
  readonly effort?: number | undefined;
}

/** How well an index answers judged queries: means over the queries with 95 % intervals for others of their kind. */
export interface SearchEvaluation {
  readonly index: string;
  readonly documents: number;
  /** Queries with a relevant document. */
  readonly queries: number;
  readonly depth: number;
  readonly ndcgAt10: RetrievalNumber;
  /** Share of the relevant documents among the first k, by k. */
  readonly recallAt: Readonly<Record<number, RetrievalNumber>>;
  /** Of the first relevant document, 0 beyond the depth. */
  readonly reciprocalRank: RetrievalNumber;
  readonly averagePrecision: RetrievalNumber;
  /** Documents scored for a query, on average. */
  readonly scanned: number;
  /** Whether every answer was exact. */
  readonly exact: boolean;
  readonly warnings: readonly string[];
}

/**
 * Asks an index the queries of a task and judges what it answers: nDCG@10, recall at several ranks, MRR and MAP, over the
 * queries that have a relevant document.
 *
 * @throws InputError where no query has one
 */
export async function evaluateSearch(
  index: OpenIndex & { readonly id: string },
  queries: Corpus,
  judgements: readonly Judgement[],
  { cutoffs = [10, 100], depth = Math.max(100, ...cutoffs), effort }: EvaluateOptions = {},
  run: RunOptions = {},
): Promise<SearchEvaluation> {
  requireCutoffs(cutoffs, depth);
  const asking = {
    k: Math.min(depth, index.n),
    effort: indexById(index.id).effort ? effort : undefined,
  };
  const answers = await queryIndex(index, queries, asking, run);
  const lists = answers.map(({ rows }) => rows);
  const found = rankingsOfLists(lists, judgements, index.n);
  const scanned = answers.reduce((sum, answer) => sum + answer.scanned, 0) / answers.length;
  const recalls = cutoffs.map((k) => [k, queryMean(found, (ranks) => recallAt(ranks, k))] as const);
  return {
    index: index.id,
    documents: index.n,
    queries: found.queries.length,
    depth,
    ndcgAt10: queryMean(found, (ranks, gains) => discountedGain(ranks, gains, 10)),
    recallAt: Object.fromEntries(recalls),
    reciprocalRank: queryMean(found, reciprocalRankOf),
    averagePrecision: queryMean(found, averagePrecisionOf),
    scanned,
    exact: answers.every(({ exact }) => exact),
    warnings: found.warnings,
  };
}

function requireCutoffs(cutoffs: readonly number[], depth: number): void {
  const odd = [...cutoffs, depth].find((k) => !Number.isSafeInteger(k) || k < 1);
  if (odd !== undefined)
    throw new OptionError('evaluate', 'cutoffs', 'integers of 1 and more', odd);
  const least = Math.max(10, ...cutoffs);
  if (depth < least)
    throw new OptionError('evaluate', 'depth', `at least ${least}, the lowest rank counted`, depth);
}

/**
 * The judgements of a task by the rows of an index: its documents are known by the names that the task has, or stand in
 * the task's order where the index has no names.
 */
export async function judgementsFor(
  index: IndexFile,
  { name, documents, judgements }: RetrievalTask,
): Promise<readonly Judgement[]> {
  const labels = await index.labels();
  if (!labels) {
    if (index.n === documents.ids.length) return judgements;
    const has = `it has ${counted(index.n, 'document')} without names, and ${name} has ${documents.ids.length}`;
    throw new InputError(index.name, `${has}; give the names as labels when it is built.`);
  }
  const rows = new Map(labels.map((label, row) => [label, row]));
  return judgements.map(({ document, ...judgement }) => {
    const id = documents.ids[document];
    const row = rows.get(id);
    if (row !== undefined) return { ...judgement, document: row };
    const missing = `there is no document ${JSON.stringify(id)} in it, which the judgements of ${name} name`;
    throw new InputError(index.name, `${missing}; its labels must be the _id of corpus.jsonl.`);
  });
}
