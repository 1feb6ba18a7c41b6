import { gathered, type Matrix } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import { meanEstimate, wilsonInterval } from '../../../numerics/statistics/intervals.ts';
import type { BeforeLast, CheckedCorpus, EffortPoint, Found, SearchRequest } from '../types.ts';
import type { GatheredRows } from './gathered-rows.ts';

/** Neighbours that a curve counts. */
const K = 10;
const MOST_QUERIES = 200;
/** Of very many documents, each a long look, fewer are asked. */
const [MANY, QUERIES_OF_MANY] = [2 ** 22, 40];
/** One in so many documents is asked at most: to measure takes a small part of the building. */
const DOCUMENTS_PER_QUERY = 20;
/** Of documents of several vectors fewer are asked, with so many of their vectors: a query has few. */
const [MOST_SETS, VECTORS_OF_A_QUERY] = [50, 8];
/** From here on more effort finds nothing more. */
const ENOUGH = 0.9995;

type Ask = (queries: CheckedCorpus, request: SearchRequest) => Promise<Found>;

/** How an index is asked, and how it is asked exactly. */
export interface Asks {
  readonly search: Ask;
  readonly exactly: Ask;
  /** Where `search` asks an index without its last documents: these, for queries, and 0 for all that are not there. */
  readonly last?: Pick<BeforeLast, 'rows' | 'allowed'> | undefined;
  /** The most effort that makes sense. */
  readonly most: number;
}

/** Documents that are asked, of n. */
export function curveQueries(n: number, most = n > MANY ? QUERIES_OF_MANY : MOST_QUERIES): number {
  return Math.min(most, Math.ceil(n / DOCUMENTS_PER_QUERY));
}

/**
 * The recall of the `k` nearest other documents of drawn documents for efforts 1, 2, 3, 4, 6, 8, 12, … until nearly all
 * are found. Documents are near to documents: queries of another kind may be harder. Of documents of several vectors some
 * of these ask.
 */
export async function effortCurve(
  corpus: CheckedCorpus,
  { search, exactly, last, most }: Asks,
  random: Random,
): Promise<{ readonly curve: EffortPoint[]; readonly curveK: number } | undefined> {
  const { points, offsets, n } = corpus;
  const k = Math.min(K, n - 1);
  if (!points || k < 1) return undefined;
  const count = curveQueries(n, offsets ? MOST_SETS : undefined);
  const rows = last?.rows ?? random.sample(n, count);
  const queries = offsets
    ? someVectors(points, offsets, rows, random.fork('vectors'))
    : { points: gathered(points, rows), n: rows.length };
  return curveOf(queries, rows, k, { search, exactly, last, most });
}

/** The same of documents of one vector each that need not be here. */
export async function effortCurveOfRows(
  { n, gather }: GatheredRows,
  asks: Asks,
  random: Random,
): Promise<{ readonly curve: EffortPoint[]; readonly curveK: number } | undefined> {
  const k = Math.min(K, n - 1);
  if (k < 1) return undefined;
  const rows = random.sample(n, curveQueries(n));
  return curveOf({ points: await gather(rows), n: rows.length }, rows, k, asks);
}

async function curveOf(
  queries: CheckedCorpus,
  rows: Int32Array,
  k: number,
  { search, exactly, last, most }: Asks,
) {
  const truth = await exactly(queries, { k: k + 1, allowed: last?.allowed });
  const curve: EffortPoint[] = [];
  for (const effort of efforts(most)) {
    const found = await search(queries, { k: k + 1, effort });
    const point = pointOf(effort, found, truth, rows, k);
    curve.push(point);
    if (point.recall >= ENOUGH) break;
  }
  return { curve, curveK: k };
}

/** Drawn vectors of each of these documents, in their order. */
function someVectors(
  points: Matrix<Float32Array>,
  offsets: Int32Array,
  rows: Int32Array,
  random: Random,
): CheckedCorpus {
  const places = Array.from(rows, (row) => {
    const size = offsets[row + 1] - offsets[row];
    const drawn = random.sample(size, Math.min(size, VECTORS_OF_A_QUERY)).sort();
    return drawn.map((place) => offsets[row] + place);
  });
  const ends = [0];
  for (const own of places) ends.push(ends[ends.length - 1] + own.length);
  const all = Int32Array.from(places.flatMap((own) => [...own]));
  return { points: gathered(points, all), offsets: Int32Array.from(ends), n: rows.length };
}

function* efforts(most: number): Generator<number> {
  for (let effort = 1; effort < most; effort *= 2) {
    yield effort;
    const between = 1.5 * effort;
    if (Number.isInteger(between) && between < most) yield between;
  }
  if (most >= 1) yield most;
}

function pointOf(
  effort: number,
  found: Found,
  truth: Found,
  selves: Int32Array,
  k: number,
): EffortPoint {
  const each = Float64Array.from(selves, (self, q) => recallOf(found, truth, q, self, k));
  const { value, standardError } = meanEstimate(each);
  const trials = standardError > 0 ? (value * (1 - value)) / standardError ** 2 : each.length;
  const scanned = found.scanned.reduce((sum, own) => sum + own, 0) / selves.length;
  return { effort, recall: value, ...wilsonInterval(value, trials), scanned };
}

/** Share of the k best others that are found; an equal score counts as well. */
function recallOf(found: Found, truth: Found, q: number, self: number, k: number): number {
  const others = ({ rows, scores }: Found) =>
    Array.from({ length: k + 1 }, (_, j) => q * (k + 1) + j)
      .filter((at) => rows[at] >= 0 && rows[at] !== self)
      .slice(0, k)
      .map((at) => ({ row: rows[at], score: scores[at] }));
  const wanted = others(truth);
  const rows = new Set(wanted.map(({ row }) => row));
  const least = wanted.at(-1)?.score ?? Infinity;
  const hits = others(found).filter(({ row, score }) => rows.has(row) || score >= least);
  return wanted.length === 0 ? 1 : hits.length / wanted.length;
}
