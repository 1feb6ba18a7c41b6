import { gathered, type Matrix, matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { bySide, pooledSimilarity } from '../../families/attributions/index.ts';
import { dot, rowDot } from '../../numerics/rows/dot.ts';
import { largestPlaces } from '../../numerics/rows/largest-places.ts';

/** Two things as their parts. */
export type PartPair = readonly [Matrix, Matrix];

/** What each part of both brings to the cosine of their means. */
export async function similarityMaps([a, b]: PartPair): Promise<readonly Float64Array[]> {
  const { contributions } = await pooledSimilarity({ a, b });
  return [bySide(contributions, 'a', a.rows), bySide(contributions, 'b', b.rows)];
}

/**
 * The map of Grad-CAM: channels weighed by the gradient of the cosine s at the pooled vectors, what is below 0 cut off:
 * max(0, ⟨Aₚ, b̂ − s·â⟩).
 */
export function gradientMaps([a, b]: PartPair): readonly Float64Array[] {
  const [u, v] = [meanOfRows(a), meanOfRows(b)];
  const cosine = dot(u, v) / Math.sqrt(dot(u, u) * dot(v, v));
  const map = (set: Matrix, own: Float64Array, other: Float64Array) => {
    const [length, others] = [Math.sqrt(dot(own, own)), Math.sqrt(dot(other, other))];
    const slope = own.map((x, c) => other[c] / others - (cosine * x) / length);
    const row = { data: slope, rows: 1, cols: slope.length };
    return Float64Array.from({ length: set.rows }, (_, i) => Math.max(0, rowDot(set, i, row, 0)));
  };
  return [map(a, u, v), map(b, v, u)];
}

/** By how much the cosine of the means falls where the strongest share of the parts of both is set to zero. */
export function fallWithout(
  pair: PartPair,
  maps: readonly ArrayLike<number>[],
  share: number,
): number {
  const left = pair.map((set, side) => {
    const gone = largestPlaces(maps[side], 0, set.rows, Math.round(share * set.rows));
    const data = Float64Array.from(set.data);
    for (const place of gone) data.fill(0, place * set.cols, (place + 1) * set.cols);
    return matrix(data, set.rows, set.cols);
  });
  return cosineOfMeans(pair) - cosineOfMeans([left[0], left[1]]);
}

/** A number drawn for each part. */
export function randomMaps([a, b]: PartPair, random: Random): readonly Float64Array[] {
  return [a, b].map(({ rows }) => Float64Array.from({ length: rows }, () => random.uniform()));
}

/** 0 where nothing is left. */
export function cosineOfMeans([a, b]: PartPair): number {
  const [u, v] = [meanOfRows(a), meanOfRows(b)];
  const lengths = Math.sqrt(dot(u, u) * dot(v, v));
  return lengths > 0 ? dot(u, v) / lengths : 0;
}

function meanOfRows({ data, rows, cols }: Matrix): Float64Array {
  const out = new Float64Array(cols);
  for (let e = 0; e < data.length; e++) out[e % cols] += data[e] / rows;
  return out;
}

/** The vectors of the words of a text that are known. */
export interface KnownWords {
  readonly words: readonly string[];
  readonly vectors: Matrix;
}

export function knownWords(
  tokens: readonly string[],
  rowOf: ReadonlyMap<string, number>,
  points: Matrix,
): KnownWords {
  const words = tokens.map((token) => token.toLowerCase()).filter((word) => rowOf.has(word));
  return {
    words,
    vectors: gathered(
      points,
      words.map((word) => rowOf.get(word) ?? 0),
    ),
  };
}

/** Whether the pair of words that contributes most is one word, and what share of all pairs is. */
export async function sharedOnTop(a: KnownWords, b: KnownWords) {
  const { contributions } = await pooledSimilarity({ a: a.vectors, b: b.vectors });
  const same = Array.from(
    contributions.values,
    (_, k) => a.words[contributions.a[k]] === b.words[contributions.b[k]],
  );
  const [top] = largestPlaces(contributions.values, 0, same.length, 1);
  return { onTop: same[top] ? 1 : 0, share: same.filter(Boolean).length / same.length };
}
