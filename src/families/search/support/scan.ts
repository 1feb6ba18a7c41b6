import type { KnnGraph } from '../../../core/graph.ts';
import { gathered, type Matrix, matrix, rows as rowsOf } from '../../../core/matrix.ts';
import type { ProductLists } from '../../../engine/engine.ts';
import type { CheckedCorpus, Found, OpenIndex, SearchContext, SearchRequest } from '../types.ts';
import { bestOf, noneFound } from './best.ts';
import type { Similarity } from './common-options.ts';
import { allowedRows, asCompared } from './similarity.ts';

/** Numbers that are searched at a time: engines keep a copy of them. */
const SLAB = 2 ** 26;

/**
 * The exact answer of an index that holds its rows as `points` and what near means as `similarity`: all that are
 * allowed are scored, in float64.
 */
export async function scan(
  { settings, arrays, n }: OpenIndex,
  queries: CheckedCorpus,
  { k, allowed }: SearchRequest,
  context: SearchContext,
): Promise<Found> {
  const similarity = settings['similarity'] as Similarity;
  const asked = asCompared(queries.points as Matrix<Float32Array>, similarity);
  const all = matrix((await arrays.whole('points')) as Float32Array, n, asked.cols);
  const places = allowed && allowedRows(allowed);
  const points = places ? gathered(all, places) : all;
  const found = noneFound(asked.rows, k, true);
  found.scanned.fill(points.rows);
  const size = Math.max(1, Math.floor(SLAB / Math.max(1, asked.cols)));
  for (let from = 0; from < points.rows; from += size) {
    const slab = rowsOf(points, from, Math.min(points.rows, from + size));
    await addBest(asked, slab, from, similarity, found, k, places, context);
  }
  return found;
}

/** Adds the best rows of a slab, the first of which is row `from`. */
async function addBest(
  asked: Matrix<Float32Array>,
  slab: Matrix<Float32Array>,
  from: number,
  similarity: Similarity,
  found: Found,
  k: number,
  places: Int32Array | undefined,
  { engine, work }: SearchContext,
): Promise<void> {
  const count = Math.min(k, slab.rows);
  const lists =
    similarity === 'euclidean'
      ? await engine.nearestAmong(asked, slab, count, work)
      : await engine.largestProducts(asked, slab, count, work);
  const { indices } = lists;
  for (let q = 0; q < asked.rows; q++) {
    const best = bestOf(found, q, k);
    for (let at = q * count; at < (q + 1) * count && indices[at] >= 0; at++) {
      const row = from + indices[at];
      best.offer(places ? places[row] : row, scoreAt(lists, at));
    }
  }
}

const scoreAt = (lists: KnnGraph | ProductLists, at: number): number =>
  'products' in lists ? lists.products[at] : -lists.distances[at];
