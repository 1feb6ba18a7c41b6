import { OptionError } from '../../core/errors.ts';

/** Tokens and their ids 0, 1, … */
export interface Vocabulary {
  /** By id: the special tokens first, the unknown one before all, then by falling frequency. */
  readonly tokens: readonly string[];
  /** How often each was in the texts that the vocabulary is of; at `unknown`, what has no id of its own. */
  readonly counts: Float64Array;
  /** The id of every token that has none. */
  readonly unknown: number;
  readonly encode: (tokens: readonly string[]) => Int32Array;
  /** @throws OptionError for an id that is none */
  readonly decode: (ids: ArrayLike<number>) => string[];
}

export interface VocabularyOptions {
  /** How many tokens at most, special ones included; default: all. */
  readonly size?: number;
  /** How often a token must be there to get an id; default 1. */
  readonly minCount?: number;
  /** Tokens that get the first ids, whether the texts have them or not: the first stands for unknown ones. */
  readonly special?: readonly string[];
}

/**
 * The vocabulary of tokenised texts, most frequent tokens first; of two as frequent, the one that comes first by code
 * units.
 *
 * @throws OptionError for a size that the special tokens do not fit in, or without a special token
 */
export function vocabularyOf(
  texts: Iterable<readonly string[]>,
  { size = Number.POSITIVE_INFINITY, minCount = 1, special = ['<unk>'] }: VocabularyOptions = {},
): Vocabulary {
  if (special.length === 0)
    throw new OptionError(
      'vocabularyOf',
      'special',
      'one token or more, the first for unknown ones',
      special,
    );
  if (!(size >= special.length))
    throw new OptionError(
      'vocabularyOf',
      'size',
      `at least ${special.length}, the special tokens`,
      size,
    );
  const counts = new Map<string, number>(special.map((token) => [token, 0]));
  for (const text of texts)
    for (const token of text) counts.set(token, (counts.get(token) ?? 0) + 1);
  const isSpecial = new Set(special);
  const ranked = [...counts]
    .filter(([token, count]) => count >= minCount && !isSpecial.has(token))
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, size - special.length);
  return numbered([...special, ...ranked.map(([token]) => token)], counts);
}

function numbered(tokens: readonly string[], all: ReadonlyMap<string, number>): Vocabulary {
  const unknown = 0;
  const ids = new Map(tokens.map((token, id) => [token, id]));
  const counts = Float64Array.from(tokens, (token) => all.get(token) ?? 0);
  for (const [token, count] of all) if (!ids.has(token)) counts[unknown] += count;
  return {
    tokens,
    counts,
    unknown,
    encode: (given) => Int32Array.from(given, (token) => ids.get(token) ?? unknown),
    decode: (given) => Array.from(given, (id) => tokenOf(tokens, id)),
  };
}

function tokenOf(tokens: readonly string[], id: number): string {
  const token = tokens[id];
  if (token !== undefined) return token;
  throw new OptionError('vocabulary', 'ids', `integers from 0 to ${tokens.length - 1}`, id);
}
