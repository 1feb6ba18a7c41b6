import { type Matrix, matrix, row as rowOf } from '../../../core/matrix.ts';
import type { Packed } from '../../../io/packed.ts';
import type { Found, SearchContext } from '../types.ts';
import type { Best } from './best.ts';
import { collectedBest } from './best-of-many.ts';
import type { Similarity } from './common-options.ts';
import { plainVectors, type ReadList, readPlaces } from './list-reader.ts';
import { squaredLength } from './similarity.ts';

interface Compared {
  readonly arrays: Packed;
  readonly asked: Matrix<Float32Array>;
  readonly similarity: Similarity;
}

/** The best of what was found by codes, by the vectors themselves. */
export async function compareAgain(
  { arrays, asked, similarity }: Compared,
  rows: Int32Array,
  placeOf: ReadonlyMap<number, number>,
  { q, k, found }: { q: number; k: number; found: Found & { readonly bytesRead: Float64Array } },
): Promise<void> {
  const byPlace = rows
    .filter((row) => row >= 0)
    .sort((a, b) => (placeOf.get(a) ?? 0) - (placeOf.get(b) ?? 0));
  const places = byPlace.map((row) => placeOf.get(row) ?? 0);
  const counted = { bytes: 0 };
  const pieces = await readPlaces(places, plainVectors(arrays), counted);
  found.bytesRead[q] += counted.bytes;
  const best = collectedBest(found, q, k);
  offerList({ rows: byPlace, places, pieces }, asked, q, similarity, best);
  best.settle();
}

/** Offers the documents of a list that may be found; `placeOf` learns where they stand. */
export function offerList(
  { rows, places, pieces }: Pick<ReadList, 'rows' | 'places' | 'pieces'>,
  { data, cols: d }: Matrix<Float32Array>,
  q: number,
  similarity: Similarity,
  best: Best,
  placeOf?: Map<number, number>,
): void {
  const score = scoreOf(similarity);
  let at = 0;
  for (const piece of pieces)
    for (const place of piece.places) {
      const own = score(data, q * d, piece.data, place * d, d);
      if (own >= best.floor) {
        best.offer(rows[at], own);
        placeOf?.set(rows[at], places[at]);
      }
      at++;
    }
}

/** From so many queries on it pays to leave out by products of matrices the documents that none can find. */
const MANY_QUERIES = 8;

/**
 * Offers the documents that may be found to every query: what offering a list to one after another gives. Where the score
 * cannot reach those already found, as the float32 product and the bound of its error say, it is not computed in float64.
 *
 *     |fl(⟨q, x⟩) − ⟨q, x⟩| ≤ γ ‖q‖ ‖x‖,   γ = (d + 2) 2⁻²⁴ to first order, in any order of summing
 */
export async function offerListToAll(
  list: Pick<ReadList, 'rows' | 'places' | 'pieces'>,
  asked: Matrix<Float32Array>,
  similarity: Similarity,
  bests: readonly Best[],
  { engine, work }: SearchContext,
): Promise<void> {
  const { rows: queries, cols: d } = asked;
  if (queries < MANY_QUERIES) {
    for (let q = 0; q < queries; q++) offerList(list, asked, q, similarity, bests[q]);
    return;
  }
  const squares = squaresOf(asked);
  let from = 0;
  for (const { data, places } of list.pieces) {
    const block = matrix(data, data.length / d, d);
    const products = await engine.matmul(asked, block, true, { signal: work.signal });
    const ofBlock = squaresOf(block);
    for (let q = 0; q < queries; q++) {
      const bound = highest(similarity, d, squares[q], ofBlock, rowOf(products, q));
      const score = scoreOf(similarity);
      let { floor } = bests[q];
      for (let at = 0; at < places.length; at++) {
        if (bound(places[at]) < floor) continue;
        const own = score(asked.data, q * d, data, places[at] * d, d);
        if (own < floor) continue;
        bests[q].offer(list.rows[from + at], own);
        floor = bests[q].floor;
      }
    }
    from += places.length;
  }
}

/** The highest score that a document of a block may have with a query, by their product in float32 and their squares. */
function highest(
  similarity: Similarity,
  d: number,
  square: number,
  squares: Float64Array,
  products: Matrix['data'],
): (place: number) => number {
  // Four times the bound: what the first order leaves out, and units in the last place of the squares.
  const margin = 4 * (d + 2) * 2 ** -24 * Math.sqrt(square);
  const most = (place: number) => products[place] + margin * Math.sqrt(squares[place]);
  if (similarity !== 'euclidean') return most;
  return (place) => -Math.sqrt(Math.max(0, square + squares[place] - 2 * most(place)));
}

function squaresOf({ data, rows, cols: d }: Matrix<Float32Array>): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => squaredLength(data, i * d, d));
}

/** How a query and a document are compared: larger is nearer. */
export function scoreOf(similarity: Similarity) {
  return similarity === 'euclidean' ? minusDistance : product;
}

/** ⟨a, b⟩ of d numbers from two places on, in float64; four sums, which the processor adds side by side. */
function product(a: Float32Array, i: number, b: Float32Array, j: number, d: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const whole = d - (d % 4);
  for (let c = 0; c < whole; c += 4) {
    s0 += a[i + c] * b[j + c];
    s1 += a[i + c + 1] * b[j + c + 1];
    s2 += a[i + c + 2] * b[j + c + 2];
    s3 += a[i + c + 3] * b[j + c + 3];
  }
  for (let c = whole; c < d; c++) s0 += a[i + c] * b[j + c];
  return s0 + s1 + (s2 + s3);
}

/** −‖a − b‖. */
function minusDistance(a: Float32Array, i: number, b: Float32Array, j: number, d: number): number {
  let sum = 0;
  for (let c = 0; c < d; c++) {
    const difference = a[i + c] - b[j + c];
    sum += difference * difference;
  }
  return -Math.sqrt(sum);
}
