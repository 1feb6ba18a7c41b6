import { InputError, InternalError } from '../../core/errors.ts';
import { type Matrix, zeros } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { bytesOf } from '../../io/datasets/quantized.ts';
import type { StudyData } from '../define.ts';

const PIXELS = 16 * 16;

export interface Emoji {
  readonly name: string;
  readonly group: string;
  readonly subgroup: string;
  /** English keywords. */
  readonly keywords: readonly string[];
  /** Keywords of the other languages: `de:hund`. */
  readonly foreign: readonly string[];
}

export interface EmojiSet {
  readonly emoji: readonly Emoji[];
  /** n × 768, colours in [0, 1]: red, green, blue of each of 16 × 16 pixels. */
  readonly pictures: Matrix<Float32Array>;
}

type Row = readonly [string, string, string, string, ...(readonly string[])[]];

export async function loadEmoji(data: StudyData): Promise<EmojiSet> {
  const folder = await data.folder('emoji');
  const text = new TextDecoder().decode(await bytesOf(new URL('emoji.json.gz', folder)));
  const { locales, rows } = JSON.parse(text) as {
    readonly locales: readonly string[];
    readonly rows: readonly Row[];
  };
  const bytes = await bytesOf(new URL('pictures.u8.gz', folder));
  if (bytes.length !== rows.length * PIXELS * 3)
    throw new InputError(
      folder.pathname,
      `expected ${rows.length * PIXELS * 3} bytes of pictures for ${rows.length} emoji; got ${bytes.length}.`,
    );
  const pictures = zeros(rows.length, PIXELS * 3);
  for (let e = 0; e < bytes.length; e++) pictures.data[e] = bytes[e] / 255;
  const emoji = rows.map(([, group, subgroup, name, keywords, ...others]) => ({
    name,
    group,
    subgroup,
    keywords,
    foreign: others.flatMap((own, at) => own.map((word) => `${locales[at + 1]}:${word}`)),
  }));
  return { emoji, pictures };
}

/** How often each word is said of each object, where two objects or more have it: objects × words. */
export function wordCounts(words: readonly (readonly string[])[]): Matrix<Float32Array> {
  const counts = new Map<string, number>();
  for (const own of words)
    for (const word of new Set(own)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const shared = [...counts].filter(([, count]) => count > 1).map(([word]) => word);
  const placeOf = new Map(shared.map((word, place) => [word, place]));
  const table = zeros(words.length, shared.length);
  words.forEach((own, i) => {
    for (const word of own) {
      const place = placeOf.get(word);
      if (place !== undefined) table.data[i * shared.length + place] += 1;
    }
  });
  return table;
}

/** In how many scenes two objects stand together: the words they have in common, objects × objects, 0 with themselves. */
export function sharedCounts(words: readonly (readonly string[])[]): Matrix<Float32Array> {
  const objectsOf = new Map<string, number[]>();
  words.forEach((own, i) => {
    for (const word of new Set(own)) objectsOf.set(word, [...(objectsOf.get(word) ?? []), i]);
  });
  const table = zeros(words.length, words.length);
  for (const together of objectsOf.values())
    for (const i of together)
      for (const j of together) if (i !== j) table.data[i * words.length + j] += 1;
  return table;
}

/** Analogies man … : woman … :: man … : woman … by their places, drawn at random from all pairs of such. */
export function emojiAnalogies(
  emoji: readonly Emoji[],
  count: number,
  random: Random,
): (readonly [number, number, number, number])[] {
  const placeOf = new Map(emoji.map(({ name }, i) => [name, i]));
  const pairs = emoji.flatMap(({ name }, man) => {
    const woman = placeOf.get(name.replace(/\bman\b/, 'woman'));
    return woman === undefined || woman === man ? [] : [[man, woman] as const];
  });
  if (pairs.length < 2) throw new InternalError('emojiAnalogies', 'there are no two pairs.');
  return Array.from({ length: count }, () => {
    const [first, second] = random.sample(pairs.length, 2);
    return [...pairs[first], ...pairs[second]] as const;
  });
}
