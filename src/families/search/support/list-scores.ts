import type { Matrix } from '../../../core/matrix.ts';
import type { Packed } from '../../../io/packed.ts';
import type { Found } from '../types.ts';
import type { Best } from './best.ts';
import { collectedBest } from './best-of-many.ts';
import type { Similarity } from './common-options.ts';
import { plainVectors, type ReadList, readPlaces } from './list-reader.ts';

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
