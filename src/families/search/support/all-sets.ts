import { type Matrix, matrix } from '../../../core/matrix.ts';
import type { PackedArray } from '../../../io/packed.ts';
import type { CheckedCorpus, Found, OpenIndex, SearchContext, SearchRequest } from '../types.ts';
import { bestOf, noneFound } from './best.ts';
import {
  blocksOf,
  chamferScores,
  countOf,
  gatheredSets,
  setsBetween,
  type VectorSets,
} from './chamfer.ts';
import { allowedRows, asCompared } from './similarity.ts';

/** Sets of a corpus as their products compare them. */
export function comparedSets(
  { points, offsets }: CheckedCorpus,
  similarity: 'cosine' | 'dot',
): VectorSets {
  return {
    points: asCompared(points as Matrix<Float32Array>, similarity),
    offsets: offsets as Int32Array,
  };
}

/** The arrays that hold sets. */
export function packedSets({ points, offsets }: VectorSets): Record<string, PackedArray> {
  return {
    points: { shape: [points.rows, points.cols], data: points.data },
    offsets: { shape: [offsets.length], data: Int32Array.from(offsets) },
  };
}

/** All sets of an index, read whole. */
export async function storedSets({ arrays }: OpenIndex): Promise<VectorSets> {
  const [rows, cols] = arrays.shapeOf('points');
  const data = (await arrays.whole('points')) as Float32Array;
  return { points: matrix(data, rows, cols), offsets: await arrays.whole('offsets') };
}

/** The best of all sets that are allowed, every one scored. */
export async function searchAllSets(
  index: OpenIndex,
  given: CheckedCorpus,
  { k, allowed }: SearchRequest,
  context: SearchContext,
): Promise<Found> {
  const queries = comparedSets(given, index.settings['similarity'] as 'cosine');
  const places = allowed && allowedRows(allowed);
  const stored = await storedSets(index);
  const documents = places ? gatheredSets(stored, places) : stored;
  const found = noneFound(given.n, k, true);
  found.scanned.fill(countOf(documents));
  for (const [from, to] of blocksOf(queries, documents)) {
    const block = await chamferScores(queries, setsBetween(documents, from, to), context);
    for (let q = 0; q < given.n; q++) {
      const best = bestOf(found, q, k);
      for (let j = 0; j < block.cols; j++) {
        const score = block.data[q * block.cols + j];
        if (score >= best.floor) best.offer(places ? places[from + j] : from + j, score);
      }
    }
  }
  return found;
}
