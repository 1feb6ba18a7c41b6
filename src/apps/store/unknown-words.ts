import { Random } from '../../core/random.ts';
import type { Packed } from '../../io/packed.ts';
import { characterGrams } from '../../numerics/text/character-grams.ts';
import { editDistance } from '../../numerics/text/edit-distance.ts';
import { textHash } from '../../numerics/text/text-hash.ts';
import { rowsSharingGrams } from './gram-index.ts';
import { labelOfRow } from './label-index.ts';
import { sumOf, unit } from './vectors.ts';

/** Known labels that are compared letter by letter. */
const COMPARED = 100;
/** Known words that a vector comes from, at most. */
const MOST = 3;
/** Below this likeness a word says nothing about another. */
const LEAST = 0.4;
/** The known words' part of the vector; the n-grams' is the rest. */
const KNOWN_PART = 0.7;

/** A known word that an unknown one's vector comes from. */
export interface LikeWord {
  readonly row: number;
  readonly label: string;
  /** Its part of what known words give; they sum to 1. */
  readonly weight: number;
}

/**
 * A unit vector of d numbers that a word's spelling alone gives, the same everywhere and always: the sum of
 * pseudo-random normal vectors, one of the word and one of each of its character n-grams, of which similar spellings
 * share most.
 */
export function spellingVector(word: string, d: number): Float32Array {
  const sum = new Float64Array(d);
  const normals = new Float64Array(d);
  for (const part of [word, ...characterGrams(word)]) {
    Random.fromSeed(textHash(part)).normals(normals);
    for (let c = 0; c < d; c++) sum[c] += normals[c];
  }
  return unit(sum);
}

/**
 * The known words most like an unknown one: among those that share most character n-grams, by
 *
 *     likeness = 1 − (edit distance)/(characters of the longer)
 *
 * where the edit distance takes swaps and doubled letters as one slip and capital letters as small ones. Equally like
 * words come in the order of the rows, usually the most frequent first. Each weighs half of the one before it, times
 * its likeness.
 */
export async function likeWords(known: Packed, grams: Packed, word: string): Promise<LikeWord[]> {
  const rows = await rowsSharingGrams(grams, word, COMPARED);
  const labels = await Promise.all(rows.map((row) => labelOfRow(known, row)));
  const seen = new Set<string>();
  const best = rows
    .map((row, i) => ({ row, label: labels[i], likeness: likeness(word, labels[i]) }))
    .filter(({ likeness: own }) => own >= LEAST)
    .sort((a, b) => b.likeness - a.likeness || a.row - b.row)
    .filter(({ label }) => !seen.has(label) && seen.add(label))
    .slice(0, MOST)
    .map((found, i) => ({ ...found, weight: found.likeness / 2 ** i }));
  const sum = best.reduce((total, { weight }) => total + weight, 0);
  return best.map(({ row, label, weight }) => ({ row, label, weight: weight / sum }));
}

function likeness(word: string, known: string): number {
  const [a, b] = [word.toLowerCase(), known.toLowerCase()];
  return 1 - editDistance(a, b) / Math.max(Array.from(a).length, Array.from(b).length, 1);
}

/** What the spelling and like words give together: 0.3 and 0.7 of unit vectors, made one; the spelling alone without. */
export function blendedVector(
  spelled: Float32Array,
  like: readonly { readonly weight: number; readonly vector: ArrayLike<number> }[],
): Float32Array {
  if (like.length === 0) return spelled;
  const units = like.map(({ vector }) => unit(vector));
  const known = unit(
    sumOf(
      units,
      like.map(({ weight }) => weight),
    ),
  );
  return unit(sumOf([spelled, known], [1 - KNOWN_PART, KNOWN_PART]));
}
