import { gathered, type Matrix, rows as rowsOf, zeros64 } from '../../../core/matrix.ts';
import { choice } from '../../../method/options.ts';
import type { SearchContext } from '../types.ts';

/** Products held at once. */
const BLOCK = 2 ** 22;

/** Vectors in groups: set i is rows offsets[i] to offsets[i + 1] (excluded). */
export interface VectorSets {
  readonly points: Matrix<Float32Array>;
  readonly offsets: ArrayLike<number>;
}

/** What near means between vectors of two sets. */
export const setSimilarityOption = choice(
  ['cosine', 'dot'],
  'cosine',
  'What near means for two vectors: their cosine or their inner product.',
);

export const countOf = ({ offsets }: VectorSets): number => offsets.length - 1;

/** Sets `from` to `to` (excluded); the points are a view. */
export function setsBetween({ points, offsets }: VectorSets, from: number, to: number): VectorSets {
  const own = Int32Array.from({ length: to - from + 1 }, (_, i) => offsets[from + i]);
  return {
    points: rowsOf(points, own[0], own[to - from]),
    offsets: own.map((place) => place - own[0]),
  };
}

/** The sets of these numbers, in that order, in memory of their own. */
export function gatheredSets(
  { points, offsets }: VectorSets,
  places: ArrayLike<number>,
): VectorSets {
  const rows: number[] = [];
  const own = new Int32Array(places.length + 1);
  for (let i = 0; i < places.length; i++) {
    for (let r = offsets[places[i]]; r < offsets[places[i] + 1]; r++) rows.push(r);
    own[i + 1] = rows.length;
  }
  return { points: gathered(points, rows), offsets: own };
}

/** Σ over the vectors of a query of their largest product with a vector of the document: queries × documents. */
export async function chamferScores(
  queries: VectorSets,
  documents: VectorSets,
  { engine, work }: SearchContext,
): Promise<Matrix<Float64Array>> {
  const { signal } = work;
  const { data, cols } = await engine.matmul(queries.points, documents.points, true, { signal });
  const [asked, n] = [countOf(queries), countOf(documents)];
  const out = zeros64(asked, n);
  for (let q = 0; q < asked; q++) {
    for (let a = queries.offsets[q]; a < queries.offsets[q + 1]; a++) {
      for (let i = 0; i < n; i++) {
        let most = -Infinity;
        const end = a * cols + documents.offsets[i + 1];
        for (let e = a * cols + documents.offsets[i]; e < end; e++) {
          if (data[e] > most) most = data[e];
        }
        out.data[q * n + i] += most;
      }
    }
  }
  return out;
}

/** Documents in runs of so few vectors that their products with the queries can be held at once. */
export function* blocksOf(queries: VectorSets, documents: VectorSets): Generator<[number, number]> {
  const most = BLOCK / queries.points.rows;
  const n = countOf(documents);
  for (let from = 0, to = 0; from < n; from = to) {
    to = from + 1;
    while (to < n && documents.offsets[to + 1] - documents.offsets[from] <= most) to++;
    yield [from, to];
  }
}
