import { InputError } from '../../../core/errors.ts';
import { bytePairs, learnBytePairs, type Merge } from '../../../numerics/text/byte-pairs.ts';
import { vocabularyOf } from '../../../numerics/text/vocabulary.ts';
import { wordTokens } from '../../../numerics/text/words.ts';

export const UNITS = ['byte-pairs', 'words'] as const;

/** How texts are cut, as plain data: a list of merges, or the words by id. */
export type UnitsSettings =
  | { readonly kind: 'byte-pairs'; readonly merges: readonly Merge[] }
  | { readonly kind: 'words'; readonly words: readonly string[] };

/** Texts as ids 0 … size − 1. */
export interface TextUnits {
  readonly size: number;
  /** What each id is called: byte pairs have `▁` for a blank, bytes that are no character `<0xC3>`. */
  readonly labels: readonly string[];
  /** The id that stands for words without one: it has no text. */
  readonly unknown?: number;
  readonly encode: (text: string) => Int32Array;
  readonly decode: (ids: ArrayLike<number>) => string;
}

/** Learns units from texts: at most `size`, the 256 bytes or the unknown word among them. */
export function learnUnits(
  texts: readonly string[],
  kind: UnitsSettings['kind'],
  size: number,
): UnitsSettings {
  if (kind === 'byte-pairs')
    return { kind, merges: learnBytePairs(texts, Math.max(256, size)).merges };
  return { kind, words: vocabularyOf(texts.map(wordTokens), { size }).tokens };
}

/** The units of these settings. */
export function unitsOf(settings: UnitsSettings): TextUnits {
  return settings.kind === 'words' ? ofWords(settings.words) : ofBytePairs(settings.merges);
}

function ofBytePairs(merges: readonly Merge[]): TextUnits {
  const { size, encode, decode } = bytePairs(merges);
  return {
    size,
    labels: Array.from({ length: size }, (_, id) => labelOf(id, decode([id]))),
    encode,
    decode,
  };
}

/** Ids below 256 are bytes. */
function labelOf(id: number, text: string): string {
  const isText = !/[\p{Cc}\uFFFD]/u.test(text);
  if (isText) return text.replaceAll(' ', '▁');
  const hex = id.toString(16).toUpperCase().padStart(2, '0');
  return id < 256 ? `<0x${hex}>` : `<${id}>`;
}

/** The first word stands for all that have no id of their own. */
function ofWords(words: readonly string[]): TextUnits {
  const ids = new Map(words.map((word, id) => [word, id]));
  return {
    size: words.length,
    labels: words,
    unknown: 0,
    encode: (text) => Int32Array.from(wordTokens(text), (word) => ids.get(word) ?? 0),
    decode: (given) => Array.from(given, (id) => wordOf(words, id)).join(' '),
  };
}

function wordOf(words: readonly string[], id: number): string {
  const word = words[id];
  if (word === undefined) throw new InputError('words', `there is no word of the id ${id}.`);
  return word;
}
