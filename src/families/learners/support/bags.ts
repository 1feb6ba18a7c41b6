import { InputError, OptionError } from '../../../core/errors.ts';
import { type Matrix, matrix } from '../../../core/matrix.ts';
import { bytePairs, learnBytePairs } from '../../../numerics/text/byte-pairs.ts';
import { vocabularyOf } from '../../../numerics/text/vocabulary.ts';

/** How a text is cut: words in small letters, of letters and digits; or byte pairs of all that it holds. */
export const TOKENS = ['words', 'byte-pairs'] as const;

interface TokenOptions {
  readonly tokens: (typeof TOKENS)[number];
  /** How many tokens at most. */
  readonly vocabulary: number;
  /** How often a word must be there to be one of them. */
  readonly minCount: number;
}

/** What makes the same tokens again. */
export type TokenSettings = {
  readonly tokens: (typeof TOKENS)[number];
  /** The words by id; the first stands for all others. */
  readonly words: readonly string[];
  /** The merges of byte pairs. */
  readonly merges: readonly (readonly [number, number])[];
};

export interface Tokenizer {
  /** Ids are 0 … size − 1. */
  readonly size: number;
  readonly encode: (text: string) => Int32Array;
}

/** Many texts as one list of ids: text b has those at places offsets[b] … offsets[b + 1] − 1. */
export interface Bags {
  readonly ids: Int32Array;
  readonly offsets: Int32Array;
}

const BYTES = 256;

const wordsOf = (text: string): readonly string[] =>
  text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*/gu) ?? [];

/** The tokens that texts are made of. */
export function learnTokens(
  where: string,
  texts: readonly string[],
  { tokens, vocabulary: size, minCount }: TokenOptions,
): TokenSettings {
  if (tokens === 'words') {
    const { tokens: words } = vocabularyOf(texts.map(wordsOf), { size, minCount });
    return { tokens, words, merges: [] };
  }
  if (size < BYTES)
    throw new OptionError(
      where,
      'vocabulary',
      `at least ${BYTES}, the bytes, for byte pairs`,
      size,
    );
  return { tokens, words: [], merges: learnBytePairs(texts, size).merges };
}

export function tokenizerOf({ tokens, words, merges }: TokenSettings): Tokenizer {
  if (tokens === 'byte-pairs') return bytePairs(merges);
  const ids = new Map(words.map((word, id) => [word, id]));
  return {
    size: words.length,
    encode: (text) => Int32Array.from(wordsOf(text), (word) => ids.get(word) ?? 0),
  };
}

/** The ids of each text; refuses one without any. */
export function encodedTexts(
  where: string,
  texts: readonly string[],
  { encode }: Tokenizer,
): readonly Int32Array[] {
  return texts.map((text, i) => {
    const ids = encode(text);
    if (ids.length > 0) return ids;
    throw new InputError(
      where,
      text === ''
        ? `text ${i} is empty.`
        : `text ${i} has no word: ${JSON.stringify(text.slice(0, 40))}; tokens byte-pairs take signs too.`,
    );
  });
}

export function bagsOf(texts: readonly Int32Array[], rows: Int32Array): Bags {
  const offsets = new Int32Array(rows.length + 1);
  rows.forEach((row, b) => {
    offsets[b + 1] = offsets[b] + texts[row].length;
  });
  const ids = new Int32Array(offsets[rows.length]);
  rows.forEach((row, b) => {
    ids.set(texts[row], offsets[b]);
  });
  return { ids, offsets };
}

/**
 * What classes mean by their tokens, classes × tokens: how often a text of the class has the token, times
 * ln(texts/texts with it), so that what all texts have means nothing.
 */
export function tokensOfClasses(
  texts: readonly Int32Array[],
  { of, classes: c }: { readonly of: Int32Array; readonly classes: number },
  size: number,
): Matrix<Float64Array> {
  const having = new Float64Array(size);
  for (const ids of texts) for (const id of new Set(ids)) having[id] += 1;
  const means = new Float64Array(c * size);
  for (const [i, ids] of texts.entries())
    for (const id of ids) means[of[i] * size + id] += Math.log(texts.length / having[id]);
  return matrix(means, c, size);
}
