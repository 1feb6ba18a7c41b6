import { InputError, ShapeError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import { log } from '../../core/numeric.ts';
import { unitRows } from '../../core/rows.ts';
import { zerosOf } from '../../core/transposed.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Judgement } from '../../io/judgements.ts';
import { skewedMeanInterval } from '../../numerics/statistics/intervals.ts';

/** Queries, n′ × d, and which rows answer them. */
export interface Answers {
  readonly queries: Matrix;
  readonly judgements: readonly Judgement[];
}

/** The mean over the queries and its 95 % interval, for other queries of the same kind. */
export interface RetrievalNumber {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Where the documents that answer a query come among all, for the queries that have one. */
export interface Rankings {
  /** Documents there are. */
  readonly n: number;
  /** Rows of the queries with a relevant document, ascending. */
  readonly queries: readonly number[];
  /** For each of these, the rank from 1 of each of its relevant documents; Infinity where it was not found. */
  readonly ranks: readonly Float64Array[];
  /** And their relevance, in the same order. */
  readonly gains: readonly Float64Array[];
  readonly warnings: readonly string[];
}

/** Products held at once. */
const BLOCK = 4e6;

/** Ranks of the relevant documents by cosine to their queries; equal cosines by lower row. */
export async function rankings(
  { queries, judgements }: Answers,
  documents: Matrix,
  engine: Engine,
): Promise<Rankings> {
  if (queries.cols !== documents.cols) {
    throw new ShapeError('retrieval', `documents of ${queries.cols} columns`, `${documents.cols}`);
  }
  const judged = judgedQueries(queries.rows, documents.rows, judgements);
  const ranks = await ranksOf(queries, documents, judged, engine);
  return { n: documents.rows, ranks, ...judged };
}

/**
 * Ranks of the relevant documents in lists that something found: for each query its rows, best first, of n documents.
 * What is not in the list has the rank Infinity.
 */
export function rankingsOfLists(
  lists: readonly ArrayLike<number>[],
  judgements: readonly Judgement[],
  n: number,
): Rankings {
  const judged = judgedQueries(lists.length, n, judgements);
  const ranks = judged.queries.map((q, at) => {
    const places = new Map(Array.from(lists[q], (document, place) => [document, place + 1]));
    return Float64Array.from(judged.relevant[at], (document) => places.get(document) ?? Infinity);
  });
  return { n, ranks, ...judged };
}

interface JudgedQueries extends Pick<Rankings, 'queries' | 'gains' | 'warnings'> {
  /** For each query with an answer its relevant documents, ascending. */
  readonly relevant: readonly Int32Array[];
}

function judgedQueries(
  queries: number,
  documents: number,
  judgements: readonly Judgement[],
): JudgedQueries {
  const judged = byQuery(queries, documents, judgements);
  const answered = [...judged.keys()].filter((q) => judged[q].length > 0);
  if (answered.length === 0) {
    throw new InputError('retrieval', 'no query has a document of relevance above 0.');
  }
  const without = queries - answered.length;
  const count = without === 1 ? '1 query has' : `${without} queries have`;
  return {
    queries: answered,
    relevant: answered.map((q) => Int32Array.from(judged[q], ({ document }) => document)),
    gains: answered.map((q) => Float64Array.from(judged[q], ({ relevance }) => relevance)),
    warnings:
      without > 0
        ? [`${count} no relevant document and ${without === 1 ? 'is' : 'are'} left out.`]
        : [],
  };
}

/** The mean over the queries of what is said of each; queries are independent, and their numbers in [0, 1]. */
export function queryMean(
  { ranks, gains }: Rankings,
  of: (ranks: Float64Array, gains: Float64Array) => number,
): RetrievalNumber {
  const { value, low, high } = skewedMeanInterval(ranks.map((own, q) => of(own, gains[q])));
  if (Number.isNaN(low)) return { value, low: 0, high: 1 };
  return { value, low: Math.max(0, low), high: Math.min(1, high) };
}

/** Share of the relevant documents among the first k. */
export function recallAt(ranks: Float64Array, k: number): number {
  return ranks.filter((rank) => rank <= k).length / ranks.length;
}

/** 1/rank of the first relevant document. */
export function reciprocalRankOf(ranks: Float64Array): number {
  return 1 / ranks.reduce((a, b) => Math.min(a, b), Infinity);
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
  { queries: answered, relevant }: JudgedQueries,
  engine: Engine,
): Promise<Float64Array[]> {
  const { points } = unitRows('retrieval', documents);
  const unit = unitRows('retrieval', queries).points;
  const [n, d] = [points.rows, points.cols];
  const size = Math.max(1, Math.floor(BLOCK / n));
  const ranks: Float64Array[] = [];
  for (let start = 0; start < answered.length; start += size) {
    const some = answered.slice(start, start + size);
    const block = zerosOf(points, some.length, d);
    for (const [i, q] of some.entries()) {
      block.data.set(unit.data.subarray(q * d, (q + 1) * d), i * d);
    }
    const { data } = await engine.matmul(block, points, true);
    for (const i of some.keys()) {
      const scores = data.subarray(i * n, (i + 1) * n);
      const own = relevant[start + i];
      ranks.push(Float64Array.from(own, (document) => rankOf(scores, document)));
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

/** Mean precision at the ranks of the relevant documents. */
export function averagePrecisionOf(ranks: Float64Array): number {
  const sorted = ranks.slice().sort();
  return sorted.reduce((sum, rank, i) => sum + (i + 1) / rank, 0) / sorted.length;
}

/** Σ gain/log₂(1 + rank) over the first k, divided by the best there could be. */
export function discountedGain(ranks: Float64Array, gains: Float64Array, k: number): number {
  return (
    ranks.reduce((sum, rank, i) => sum + gains[i] * discount(rank, k), 0) / idealGain(gains, k)
  );
}

/** The largest Σ gain/log₂(1 + rank) over the first k that there could be. */
export function idealGain(gains: Float64Array, k: number): number {
  const best = gains.toSorted().reverse();
  return best.reduce((sum, gain, i) => sum + gain * discount(i + 1, k), 0);
}

/** 1/log₂(1 + rank) for the first k, 0 beyond. */
export function discount(rank: number, k: number): number {
  return rank > k ? 0 : Math.LN2 / log(1 + rank);
}
