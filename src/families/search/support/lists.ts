import { gathered, type Matrix, rows as rowsOf } from '../../../core/matrix.ts';
import type { Engine, Work } from '../../../engine/engine.ts';
import type { BuildContext } from '../types.ts';
import type { Similarity } from './common-options.ts';
import { type Coverage, coverageCount } from './coverage.ts';
import type { GatheredRows } from './gathered-rows.ts';
import { scoresOf, squaredLength } from './similarity.ts';

/** Documents that are queries when it is measured what the first lists hold; of very many documents, each a long look, fewer. */
const QUERIES = 100;
const [MANY, QUERIES_OF_MANY] = [2 ** 22, 32];
/** Scores held at once. */
const BLOCK = 2 ** 24;

/** Rows in the order of their lists, and where each list begins. */
export interface ListedRows {
  readonly rows: Int32Array;
  readonly offsets: Int32Array;
  readonly listOf: Int32Array;
}

/** Each row in the list of its nearest center; within a list rows keep their order. */
export async function listedRows(
  points: Matrix<Float32Array>,
  centers: Matrix<Float32Array>,
  { engine, work }: BuildContext,
): Promise<ListedRows> {
  const { indices: listOf } = await engine.assign(points, centers, work);
  const offsets = new Int32Array(centers.rows + 1);
  for (const list of listOf) offsets[list + 1] += 1;
  for (let l = 0; l < centers.rows; l++) offsets[l + 1] += offsets[l];
  const next = offsets.slice();
  const rows = new Int32Array(points.rows);
  for (const [row, list] of listOf.entries()) rows[next[list]++] = row;
  return { rows, offsets, listOf };
}

/** For each query the lists, the nearest first; equally near ones by lower number. */
export async function listOrders(
  queries: Matrix<Float32Array>,
  centers: Matrix<Float32Array>,
  similarity: Similarity,
  { engine, work }: { readonly engine: Engine; readonly work: Work },
): Promise<Int32Array[]> {
  const { rows: count, cols: d } = centers;
  const products = await engine.matmul(queries, centers, true, { signal: work.signal });
  const squares = Float64Array.from({ length: count }, (_, l) =>
    similarity === 'dot' ? 0 : squaredLength(centers.data, l * d, d),
  );
  return Array.from({ length: queries.rows }, (_, q) => {
    const own = products.data.subarray(q * count, (q + 1) * count);
    const away = squares.map((square, l) => square - 2 * own[l]);
    const order = Int32Array.from({ length: count }, (_, l) => l);
    return order.sort((a, b) => away[a] - away[b] || a - b);
  });
}

interface Made {
  readonly points: Matrix<Float32Array>;
  readonly centers: Matrix<Float32Array>;
  readonly listOf: Int32Array;
  readonly similarity: Similarity;
}

/** What the first lists hold, measured on documents as queries. */
export function measuredCoverage(
  { points, ...made }: Made,
  context: BuildContext,
): Promise<Coverage> {
  const { rows: n } = points;
  const { engine, work } = context;
  const rows = {
    n,
    gather: async (places: Int32Array) => gathered(points, places),
    scores: async (queries: Matrix<Float32Array>) =>
      scoresOf(queries, rowsOf(points, 0, n), 0, n, made.similarity, {
        engine,
        work: { signal: work.signal },
      }),
  };
  return coverageOfRows({ ...made, rows }, context);
}

/** Rows whose scores with a few queries can be had: q × n. */
export interface ScoredRows extends GatheredRows {
  /** Queries that are scored in one go, where each takes a pass over all rows. */
  readonly atOnce?: number | undefined;
  scores(queries: Matrix<Float32Array>): Promise<Matrix>;
}

/** The same of rows that need not be here. */
export async function coverageOfRows(
  {
    rows: { n, atOnce, gather, scores: scored },
    centers,
    listOf,
    similarity,
  }: Omit<Made, 'points'> & {
    readonly rows: ScoredRows;
  },
  { engine, random, run, work }: BuildContext,
): Promise<Coverage> {
  const most = n > MANY ? QUERIES_OF_MANY : QUERIES;
  const asked = random.fork('queries').sample(n, Math.min(n, most));
  const count = coverageCount(listOf, centers.rows);
  const size = atOnce ?? Math.max(1, Math.floor(BLOCK / n));
  for (let from = 0; from < asked.length; from += size) {
    await run.tick({ stage: 'recall', done: from / asked.length });
    const selves = asked.subarray(from, from + size);
    const queries = await gather(selves);
    const orders = await listOrders(queries, centers, similarity, { engine, work });
    const { data } = await scored(queries);
    for (const [q, self] of selves.entries()) {
      const scores = new Float32Array(data.subarray(q * n, (q + 1) * n));
      count.add({ self, scores, order: orders[q] });
    }
  }
  return count.result();
}
