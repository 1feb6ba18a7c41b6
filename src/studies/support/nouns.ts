import type { Random } from '../../core/random.ts';

/** What describes a word besides its neighbours. */
export const ATTRIBUTES = ['form', 'prefix', 'suffix', 'shape'] as const;
export type Attribute = (typeof ATTRIBUTES)[number];

/** What stands before and behind a sentence: the value of id 0 of every attribute. */
const END = '\n';

/** Sentences of words that are lower-cased, and which of them were written with a capital. */
export interface NounTask {
  /** The values of each attribute. */
  readonly values: Readonly<Record<Attribute, readonly string[]>>;
  readonly sentences: readonly TaggedSentence[];
}

export interface TaggedSentence {
  /** Places in `values`, word by word. */
  readonly ids: Readonly<Record<Attribute, Int32Array>>;
  /** 1 a capital, 0 none; −1 where nothing is asked: the first word, and what has no letter in front. */
  readonly tags: Int32Array;
}

/**
 * The nouns of German sentences: in German they alone, names among them, are written with a capital amid a sentence, so
 * that the text says which words they are. The words are handed out without their capitals.
 */
export function nounTask(lines: readonly string[]): NounTask {
  const known = Object.fromEntries(ATTRIBUTES.map((name) => [name, new Map([[END, 0]])])) as Record<
    Attribute,
    Map<string, number>
  >;
  const idOf = (name: Attribute, value: string) => {
    const ids = known[name];
    const id = ids.get(value) ?? ids.size;
    ids.set(value, id);
    return id;
  };
  const sentences = lines.map((line) => {
    const words = wordsOf(line);
    const described = words.map(attributesOf);
    const ids = Object.fromEntries(
      ATTRIBUTES.map((name) => [name, Int32Array.from(described, (own) => idOf(name, own[name]))]),
    ) as Record<Attribute, Int32Array>;
    return { ids, tags: Int32Array.from(words, (word, at) => (at === 0 ? -1 : tagOf(word))) };
  });
  const values = Object.fromEntries(ATTRIBUTES.map((name) => [name, [...known[name].keys()]]));
  return { values: values as Record<Attribute, string[]>, sentences };
}

/** Words, with what joins their parts, and single signs. */
export function wordsOf(line: string): readonly string[] {
  return line.match(/[\p{L}\p{N}]+(?:[-'’.,][\p{L}\p{N}]+)*|[^\s\p{L}\p{N}]/gu) ?? [];
}

/**
 * A word’s lower-cased form, its first letter, its last three, and its shape: d for digits, x for letters, all else as it
 * is, no sign more than four times in a row.
 */
export function attributesOf(word: string): Readonly<Record<Attribute, string>> {
  const form = word.toLowerCase();
  const letters = [...form];
  const shape = letters
    .map((sign) => (/\p{N}/u.test(sign) ? 'd' : sign.replace(/\p{L}/u, 'x')))
    .join('')
    .replace(/(.)\1{4,}/gu, (_, sign: string) => sign.repeat(4));
  return { form, prefix: letters[0], suffix: letters.slice(-3).join(''), shape };
}

function tagOf(word: string): number {
  const [first] = word;
  if (!/\p{L}/u.test(first)) return -1;
  return first === first.toLowerCase() ? 0 : 1;
}

export interface SplitTask {
  readonly train: readonly TaggedSentence[];
  readonly test: readonly TaggedSentence[];
  /** How often each form stands in the sentences trained on. */
  readonly counts: Int32Array;
}

/** A fifth of the sentences to test on, drawn. */
export function splitTask({ sentences, values }: NounTask, random: Random): SplitTask {
  const order = random.fork('sentences').sample(sentences.length);
  const fifth = Math.round(sentences.length / 5);
  const some = (rows: Int32Array) => Array.from(rows, (row) => sentences[row]);
  const train = some(order.subarray(fifth));
  const counts = new Int32Array(values.form.length);
  for (const { ids } of train) for (const id of ids.form) counts[id] += 1;
  return { train, test: some(order.subarray(0, fifth)), counts };
}
