import { InputError } from '../../../core/errors.ts';

/** What stands for every word that the vocabulary does not have. */
export const UNKNOWN = '<unknown>';
/** What stands before the first text, between texts and behind the last. */
export const END = '<end>';
/** Tokens that are no words; they come first. */
export const SPECIAL = [UNKNOWN, END] as const;

/** Letters and digits with the apostrophes inside them, or any other sign alone. */
const WORD = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}\p{N}]+)*|[^\s\p{L}\p{M}\p{N}]/gu;

/** The words and signs of a text, in small letters. */
export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(WORD) ?? [];
}

/** Words by falling frequency behind the special tokens, and how often the texts have each. */
export type Vocabulary = {
  readonly tokens: readonly string[];
  readonly counts: readonly number[];
};

/** The most frequent words, `size` tokens with the special ones; of equal counts the word met first. */
export function vocabularyOf(where: string, texts: readonly string[], size: number): Vocabulary {
  const found = new Map<string, number>();
  let words = 0;
  for (const text of texts) {
    for (const word of wordsOf(text)) {
      found.set(word, (found.get(word) ?? 0) + 1);
      words += 1;
    }
  }
  if (words === 0) throw new InputError(where, `there is no word in ${texts.length} texts.`);
  const most = [...found].toSorted(([, a], [, b]) => b - a).slice(0, size - SPECIAL.length);
  const known = most.reduce((sum, [, count]) => sum + count, 0);
  return {
    tokens: [...SPECIAL, ...most.map(([word]) => word)],
    counts: [words - known, texts.length + 1, ...most.map(([, count]) => count)],
  };
}

/** The numbers of the texts' tokens in one row, `<end>` before, between and behind them. */
export function tokenStream(texts: readonly string[], tokens: readonly string[]): Int32Array {
  const places = new Map(tokens.map((token, place) => [token, place]));
  const [unknown, end] = [places.get(UNKNOWN) ?? 0, places.get(END) ?? 1];
  const stream = [end];
  for (const text of texts) {
    for (const word of wordsOf(text)) stream.push(places.get(word) ?? unknown);
    stream.push(end);
  }
  return Int32Array.from(stream);
}
