import { log } from '../../../../core/numeric.ts';
import { normalQuantile, Z95 } from '../../../../numerics/laws/normal.ts';
import { wordTokens } from '../../../../numerics/text/words.ts';

/** A word that tells some rows from the others. */
export interface TellingWord {
  readonly word: string;
  /** Rows with the word, among these and among the others. */
  readonly inside: number;
  readonly outside: number;
  /** log of the odds of the word in these rows over those in the others, with its 95 % interval; 0 by chance. */
  readonly logOdds: { readonly value: number; readonly low: number; readonly high: number };
}

/** Words of each row, by number: in how many rows each comes is all that counts. */
export interface WordRows {
  readonly words: readonly string[];
  /** For each row the numbers of its words, each once. */
  readonly of: readonly Int32Array[];
  /** Rows that have each word. */
  readonly counts: Int32Array;
}

const IS_WORD = /[\p{L}\p{N}]/u;

/** The words of texts in small letters; signs, and words of one row alone, tell nothing. */
export function wordRows(texts: readonly (readonly string[])[]): WordRows {
  const numbers = new Map<string, number>();
  const seen: number[] = [];
  const n = texts[0]?.length ?? 0;
  const all = Array.from({ length: n }, (_, row) => {
    const own = new Set<number>();
    for (const text of texts) {
      for (const token of wordTokens(text[row].toLowerCase())) {
        if (!IS_WORD.test(token)) continue;
        const number = numbers.get(token) ?? numbers.size;
        if (number === numbers.size) {
          numbers.set(token, number);
          seen.push(0);
        }
        own.add(number);
      }
    }
    for (const number of own) seen[number] += 1;
    return [...own];
  });
  const of = all.map((own) => Int32Array.from(own.filter((number) => seen[number] > 1)));
  return { words: [...numbers.keys()], of, counts: Int32Array.from(seen) };
}

/**
 * The words that tell some rows from all others, the surest first: log odds with a half added to each count (Haldane,
 * Anscombe), over their standard error. Left out are those that the most extreme of so many words would reach by chance.
 */
export function tellingWords(
  { words, of, counts }: WordRows,
  rows: ArrayLike<number>,
  most: number,
): readonly TellingWord[] {
  const inside = new Map<number, number>();
  for (let at = 0; at < rows.length; at++)
    for (const number of of[rows[at]]) inside.set(number, (inside.get(number) ?? 0) + 1);
  const [m, others] = [rows.length, of.length - rows.length];
  const bound = normalQuantile(1 - 0.025 / Math.max(1, inside.size));
  const found = Array.from(inside, ([number, own]) => {
    const rest = counts[number] - own;
    const cells = [own, m - own, rest, others - rest].map((count) => count + 0.5);
    const value = log((cells[0] * cells[3]) / (cells[1] * cells[2]));
    const error = Math.sqrt(cells.reduce((sum, cell) => sum + 1 / cell, 0));
    return { word: words[number], inside: own, outside: rest, value, error };
  });
  return found
    .filter(({ value, error }) => value > bound * error)
    .sort((a, b) => b.value / b.error - a.value / a.error || (a.word < b.word ? -1 : 1))
    .slice(0, most)
    .map(({ value, error, ...word }) => ({
      ...word,
      logOdds: { value, low: value - Z95 * error, high: value + Z95 * error },
    }));
}
