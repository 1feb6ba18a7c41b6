import { InputError, OptionError, ShapeError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import { log } from '../../core/numeric.ts';
import { Random } from '../../core/random.ts';
import { unitRows } from '../../core/rows.ts';
import { defaultEngine } from '../../engine/choose.ts';
import type { Engine } from '../../engine/engine.ts';
import { zerosOf } from './transposed.ts';

/** That a document answers a query: relevance > 0, larger is better; 0 is a judged miss. */
export interface Judgement {
  /** Row of the queries. */
  readonly query: number;
  /** Row of the documents. */
  readonly document: number;
  /** Default 1. */
  readonly relevance?: number;
}

export interface RetrievalOptions {
  /** The k of recall@k and nDCG@k. Default 1, 5, 10, 100. */
  readonly cutoffs?: readonly number[];
  /** Sets of queries drawn with replacement for the intervals. Default 1000. */
  readonly draws?: number;
  readonly seed?: number;
  readonly engine?: Engine;
}

/** The mean over the queries and its 95 % interval by the bootstrap over queries. */
export interface RetrievalNumber {
  readonly value: number;
  readonly low: number;
  readonly high: number;
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

/** Products held at once. */
const BLOCK = 4e6;

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
  const { cutoffs = [1, 5, 10, 100], draws = 1000, seed = 0 } = options;
  if (queries.cols !== documents.cols) {
    throw new ShapeError('retrieval', `documents of ${queries.cols} columns`, `${documents.cols}`);
  }
  for (const k of cutoffs) {
    if (!Number.isSafeInteger(k) || k < 1) {
      throw new OptionError('retrieval', 'cutoffs', 'integers of 1 and more', k);
    }
  }
  const judged = byQuery(queries.rows, documents.rows, judgements);
  const answered = [...judged.keys()].filter((q) => judged[q].length > 0);
  if (answered.length === 0) {
    throw new InputError('retrieval', 'no query has a document of relevance above 0.');
  }
  const engine = options.engine ?? (await defaultEngine(queries));
  const ranks = await ranksOf(queries, documents, judged, answered, engine);
  const random = Random.fromSeed(seed).fork('retrieval');
  const samples = Array.from({ length: draws }, () =>
    Int32Array.from(answered, () => random.integer(answered.length)),
  );
  const mean = (f: (query: number) => number) =>
    bootstrapMean(
      Float64Array.from(answered, (_, at) => f(at)),
      samples,
    );
  const relevant = answered.map((q) => judged[q]);
  const each = (f: (k: number, at: number) => number) =>
    Object.fromEntries(cutoffs.map((k) => [k, mean((at) => f(k, at))]));
  const averagePrecision = Float64Array.from(ranks, averagePrecisionOf);
  const without = queries.rows - answered.length;
  return {
    recall: each((k, at) => ranks[at].filter((rank) => rank <= k).length / ranks[at].length),
    ndcg: each((k, at) => discountedGain(ranks[at], relevant[at], k)),
    mrr: mean((at) => 1 / ranks[at].reduce((a, b) => Math.min(a, b), Infinity)),
    map: mean((at) => averagePrecision[at]),
    queries: answered,
    averagePrecision,
    warnings: without > 0 ? [`${without} queries have no relevant document and are left out.`] : [],
  };
}

interface Relevant {
  readonly document: number;
  readonly relevance: number;
}

/** The relevant documents of each query, by row. */
function byQuery(
  queries: number,
  documents: number,
  judgements: readonly Judgement[],
): Relevant[][] {
  const judged = Array.from({ length: queries }, () => new Map<number, number>());
  for (const { query, document, relevance = 1 } of judgements) {
    const known = query in judged && Number.isInteger(document) && document >= 0;
    if (!known || document >= documents || !(relevance >= 0)) {
      const got = `query ${query}, document ${document}, relevance ${relevance}`;
      const wanted = `rows below ${queries} and ${documents} and a relevance of 0 or more`;
      throw new InputError('retrieval', `a judgement must have ${wanted}; got ${got}.`);
    }
    judged[query].set(document, Math.max(relevance, judged[query].get(document) ?? 0));
  }
  return judged.map((found) =>
    [...found]
      .map(([document, relevance]) => ({ document, relevance }))
      .filter(({ relevance }) => relevance > 0)
      .sort((a, b) => a.document - b.document),
  );
}

/** From 1: the rank of each relevant document among all documents, for each answered query. */
async function ranksOf(
  queries: Matrix,
  documents: Matrix,
  judged: readonly (readonly Relevant[])[],
  answered: readonly number[],
  engine: Engine,
): Promise<Int32Array[]> {
  const { points } = unitRows('retrieval', documents);
  const unit = unitRows('retrieval', queries).points;
  const [n, d] = [points.rows, points.cols];
  const size = Math.max(1, Math.floor(BLOCK / n));
  const ranks: Int32Array[] = [];
  for (let start = 0; start < answered.length; start += size) {
    const some = answered.slice(start, start + size);
    const block = zerosOf(points, some.length, d);
    for (const [i, q] of some.entries()) {
      block.data.set(unit.data.subarray(q * d, (q + 1) * d), i * d);
    }
    const { data } = await engine.matmul(block, points, true);
    for (const [i, q] of some.entries()) {
      const scores = data.subarray(i * n, (i + 1) * n);
      ranks.push(Int32Array.from(judged[q], ({ document }) => rankOf(scores, document)));
    }
  }
  return ranks;
}

function rankOf(scores: ArrayLike<number>, document: number): number {
  const own = scores[document];
  let rank = 1;
  for (let j = 0; j < scores.length; j++) {
    if (scores[j] > own || (scores[j] === own && j < document)) rank += 1;
  }
  return rank;
}

function averagePrecisionOf(ranks: Int32Array): number {
  const sorted = ranks.slice().sort();
  return sorted.reduce((sum, rank, i) => sum + (i + 1) / rank, 0) / sorted.length;
}

function discountedGain(ranks: Int32Array, relevant: readonly Relevant[], k: number): number {
  const gain = (relevance: number, rank: number) =>
    rank > k ? 0 : (relevance * Math.LN2) / log(1 + rank);
  const best = relevant.map(({ relevance }) => relevance).sort((a, b) => b - a);
  const ideal = best.reduce((sum, relevance, i) => sum + gain(relevance, i + 1), 0);
  return relevant.reduce((sum, { relevance }, i) => sum + gain(relevance, ranks[i]), 0) / ideal;
}

/** Mean, and the 2.5 % and 97.5 % points of the means of the drawn sets. */
function bootstrapMean(values: Float64Array, samples: readonly Int32Array[]): RetrievalNumber {
  const meanOf = (rows: ArrayLike<number>) => {
    let sum = 0;
    for (let i = 0; i < rows.length; i++) sum += values[rows[i]];
    return sum / rows.length;
  };
  const value = meanOf(values.map((_, i) => i));
  const means = Float64Array.from(samples, meanOf).sort();
  const at = (p: number) =>
    means[Math.min(means.length - 1, Math.floor(p * means.length))] ?? value;
  return { value, low: at(0.025), high: at(0.975) };
}
