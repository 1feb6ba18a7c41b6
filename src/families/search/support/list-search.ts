import { type Matrix, matrix } from '../../../core/matrix.ts';
import type { Packed } from '../../../io/packed.ts';
import type { CheckedCorpus, Found, OpenIndex, SearchContext, SearchRequest } from '../types.ts';
import { noneFound } from './best.ts';
import { collectedBest } from './best-of-many.ts';
import type { Similarity } from './common-options.ts';
import {
  AIM,
  type Coverage,
  coveredShare,
  independentRanks,
  listsFor,
  rankPlaces,
} from './coverage.ts';
import { codedVectors, hasCodes } from './list-codes.ts';
import {
  type Condition,
  type ListVectors,
  listFilter,
  listPlaces,
  plainVectors,
  readList,
} from './list-reader.ts';
import { compareAgain, offerList, offerListToAll, scoreOf } from './list-scores.ts';
import { listOrders } from './lists.ts';
import { asCompared } from './similarity.ts';

/** Lists that are read at once. */
const AT_ONCE = 8;

/** Rows of a block where all lists are read. */
const ROWS_AT_ONCE = 8192;

/** The last fifth of the lists that a filtered search reads is watched: it ought to bring next to nothing. */
const WATCHED_FROM = 0.8;

/** Of a sample, fewer rows than these say too little about a rank. */
const FEW = 3;

/** What all queries of a call share. */
interface Opened {
  readonly arrays: Packed;
  readonly places: Int32Array;
  readonly similarity: Similarity;
  readonly coverage: Coverage;
  readonly condition: Condition;
  readonly asked: Matrix<Float32Array>;
  /** What is compared in the lists. */
  readonly vectors: ListVectors;
  /** Where these are codes: times k documents that are compared again, and the share of neighbors that is kept. */
  readonly codes?: { readonly rescore: number; readonly kept: number } | undefined;
}

async function opened(
  { arrays, settings, n }: OpenIndex,
  queries: CheckedCorpus,
  { where, allowed }: SearchRequest,
): Promise<Opened> {
  const similarity = settings['similarity'] as Similarity;
  return {
    arrays,
    places: await listPlaces(arrays, n),
    similarity,
    coverage: settings['coverage'] as Coverage,
    condition: { filter: where && (await listFilter(arrays, where)), allowed },
    asked: asCompared(queries.points as Matrix<Float32Array>, similarity),
    vectors: plainVectors(arrays),
  };
}

/** The same with codes in place of vectors, where there are codes and not all lists are asked for. */
async function withCodes(
  open: Opened,
  index: OpenIndex,
  effort: number | undefined,
  context: SearchContext,
): Promise<Opened> {
  const all = open.places.length - 1;
  if (!hasCodes(index) || (effort !== undefined && effort >= all)) return open;
  const [rescore, kept] = ['rescore', 'kept'].map((name) => index.settings[name] as number);
  return { ...open, vectors: await codedVectors(index, context), codes: { rescore, kept } };
}

/** Results that tell for each query what was read and whether it is exact. */
interface FoundInLists extends Found {
  readonly exactFor: Uint8Array;
  readonly recall: Float64Array;
  readonly bytesRead: Float64Array;
}

function noneYet(queries: number, k: number, exact: boolean): FoundInLists {
  return {
    ...noneFound(queries, k, exact),
    exactFor: new Uint8Array(queries).fill(exact ? 1 : 0),
    recall: new Float64Array(queries).fill(1),
    bytesRead: new Float64Array(queries),
  };
}

/** Scores every document that may be found, block by block over the lists: each is read once, for all queries. */
export async function everyList(
  index: OpenIndex,
  queries: CheckedCorpus,
  request: SearchRequest,
  context: SearchContext,
): Promise<Found> {
  const { work } = context;
  const open = await opened(index, queries, request);
  const { asked, places } = open;
  const found = noneYet(asked.rows, request.k, true);
  const n = places[places.length - 1];
  const best = Array.from({ length: asked.rows }, (_, q) => collectedBest(found, q, request.k));
  for (let from = 0; from < n; from += ROWS_AT_ONCE) {
    work.signal?.throwIfAborted();
    const to = Math.min(n, from + ROWS_AT_ONCE);
    const block = await readList(open.arrays, from, to, open.condition, open.vectors);
    for (let q = 0; q < asked.rows; q++) {
      found.bytesRead[q] += block.bytes;
      found.scanned[q] += block.rows.length;
    }
    await offerListToAll(block, asked, open.similarity, best, context);
    work.onProgress?.(to / n);
  }
  for (const own of best) own.settle();
  return found;
}

/** Probes the lists that are nearest to each query. */
export async function nearestLists(
  index: OpenIndex,
  queries: CheckedCorpus,
  request: SearchRequest,
  context: SearchContext,
): Promise<Found> {
  const { engine, work } = context;
  const plain = await opened(index, queries, request);
  const open = await withCodes(plain, index, request.effort, context);
  const { asked, places } = open;
  const count = places.length - 1;
  const data = (await open.arrays.whole('centers')) as Float32Array;
  const centers = matrix(data, count, asked.cols);
  const found = noneYet(asked.rows, request.k, false);
  const orders = await listOrders(asked, centers, open.similarity, { engine, work });
  for (const [q, order] of orders.entries()) {
    work.signal?.throwIfAborted();
    await probe(open, order, q, request, found);
    work.onProgress?.((q + 1) / asked.rows);
  }
  return { ...found, exact: found.exactFor.every((own) => own === 1) };
}

/** Probes lists for one query until as many are read as it needs. */
async function probe(
  open: Opened,
  order: Int32Array,
  q: number,
  request: SearchRequest,
  found: FoundInLists,
): Promise<void> {
  const { arrays, places, similarity, coverage, condition, asked, vectors, codes } = open;
  const { k, effort } = request;
  // Documents that are compared again are collected apart.
  const wide = codes && codes.rescore * k;
  const held = wide === undefined ? found : noneFound(1, wide, false);
  const start = wide === undefined ? q * k : 0;
  const best = wide === undefined ? collectedBest(found, q, k) : collectedBest(held, 0, wide);
  const placeOf = wide === undefined ? undefined : new Map<number, number>();
  const isFiltered = condition.filter !== undefined || condition.allowed !== undefined;
  const usual = () => listsFor(coverage, independentRanks(k, 1), AIM);
  const isAdaptive = isFiltered && effort === undefined;
  const first = effort ?? usual() * (isAdaptive ? WATCHED_FROM : 1);
  let wanted = Math.min(order.length, Math.ceil(first));
  let [done, seen, passed] = [0, 0, 0];
  let sampled: Float64Array | undefined;
  let before: Int32Array | undefined;
  while (done < wanted) {
    const some = order.subarray(done, Math.min(wanted, done + AT_ONCE));
    const lists = await Promise.all(
      Array.from(some, (l) => readList(arrays, places[l], places[l + 1], condition, vectors)),
    );
    for (const list of lists) {
      seen += list.size;
      passed += list.rows.length;
      found.bytesRead[q] += list.bytes;
      offerList(list, asked, q, similarity, best, placeOf);
    }
    done += some.length;
    if (done < wanted) continue;
    if (passed < k) wanted = Math.min(order.length, done + Math.max(1, done >> 2));
    else if (isAdaptive && done < order.length) {
      const needed = listsFor(coverage, await ranksFound(), AIM);
      const now = held.rows.slice(start, start + k);
      const isSettled = before !== undefined && newRows(before, now) <= (1 - AIM) * k;
      before = now;
      wanted = allIfMost(nextStop(done, needed, isSettled), order.length);
    }
  }
  best.settle();
  found.scanned[q] += passed;
  if (done === order.length && !codes) found.exactFor[q] = 1;
  else found.recall[q] = (codes?.kept ?? 1) * (await shareSeen());
  if (placeOf) await compareAgain(open, held.rows, placeOf, { q, k, found });

  async function shareSeen(): Promise<number> {
    return done === order.length ? 1 : coveredShare(coverage, await ranksFound(), done);
  }

  async function ranksFound(): Promise<number[]> {
    if (!isFiltered) return independentRanks(k, 1);
    if (!sampled) {
      sampled = await sampleScores(open, q);
      found.scanned[q] += sampled.length;
    }
    best.settle();
    const scores = held.scores.subarray(start, start + k);
    return estimatedRanks(scores, sampled, seen / passed, places[places.length - 1]);
  }
}

/**
 * Ranks among all n rows of what was found: the j-th that passes is the j-th of as many more as are seen for one that passes;
 * or the sample says that more rows are nearer, where enough of it are.
 */
function estimatedRanks(
  scores: Float64Array,
  sampled: Float64Array,
  seenForOne: number,
  n: number,
): number[] {
  return rankPlaces(scores.length).map((j) => {
    const nearer = sampled.length - placeAbove(sampled, scores[j - 1]);
    return nearer < FEW ? j * seenForOne : Math.max(j * seenForOne, (nearer / sampled.length) * n);
  });
}

/**
 * Where the next look is taken: a fifth before the lists that the table says, and at these; then on by a fourth while the
 * last stretch still brought rows, since a filter may lie to the lists in ways that the table does not know.
 */
function nextStop(done: number, needed: number, isSettled: boolean): number {
  if (needed * WATCHED_FROM > done) return Math.ceil(needed * WATCHED_FROM);
  return Math.max(needed, isSettled ? done : Math.ceil(done / WATCHED_FROM));
}

/** How many rows of the later answer the earlier one does not have. */
function newRows(before: Int32Array, now: Int32Array): number {
  const known = new Set(before);
  return now.filter((row) => !known.has(row)).length;
}

/** Where three lists of four are needed all are read: a third more work makes the answer exact. */
function allIfMost(wanted: number, all: number): number {
  return 4 * wanted >= 3 * all ? all : wanted;
}

/** Scores of the sample of rows with a query, ascending. */
async function sampleScores({ arrays, asked, similarity }: Opened, q: number) {
  const data = (await arrays.whole('sample')) as Float32Array;
  const d = asked.cols;
  const score = scoreOf(similarity);
  const scores = Float64Array.from({ length: data.length / d }, (_, i) =>
    score(asked.data, q * d, data, i * d, d),
  );
  return scores.sort();
}

/** The first place of ascending values that is above a number. */
function placeAbove(sorted: Float64Array, value: number): number {
  const place = sorted.findIndex((own) => own > value);
  return place < 0 ? sorted.length : place;
}
