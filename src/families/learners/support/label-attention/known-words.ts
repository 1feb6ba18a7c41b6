import { InputError, ShapeError } from '../../../../core/errors.ts';
import { refuseNonFinite } from '../../../../core/rows.ts';
import type { WordVectors } from '../../types.ts';
import { learnTokens, tokenizerOf } from '../bags.ts';

/** The words of the texts that have a vector, most frequent first; the first stands for all others. */
export function knownWords(
  where: string,
  texts: readonly string[],
  { labels, points }: WordVectors,
): readonly string[] {
  if (labels.length !== points.rows)
    throw new ShapeError(where, `${points.rows} words, one a vector`, `${labels.length}`);
  refuseNonFinite(`${where}, words`, points);
  const there = new Set(labels);
  const { words } = learnTokens(where, texts, {
    tokens: 'words',
    vocabulary: Number.POSITIVE_INFINITY,
    minCount: 1,
  });
  const [unknown, ...own] = words;
  const known = own.filter((word) => there.has(word));
  if (known.length > 0) return [unknown, ...known];
  throw new InputError(
    where,
    `none of the ${own.length} words of the texts has a vector; the first is ${JSON.stringify(own[0] ?? '')}, and the vectors are of ${JSON.stringify(labels.slice(0, 3))}, … (small letters).`,
  );
}

/**
 * The vectors of the known words, v × d, less their mean and scaled to variance 1 a number; that of the unknown word is 0.
 */
export function standardVectors(
  words: readonly string[],
  { labels, points: { data, cols: d } }: WordVectors,
): Float64Array {
  const places = new Map(labels.map((label, place) => [label, place]));
  const out = new Float64Array(words.length * d);
  const mean = new Float64Array(d);
  const known = words.length - 1;
  words.forEach((word, i) => {
    const at = places.get(word);
    if (i === 0 || at === undefined) return;
    for (let c = 0; c < d; c++) {
      out[i * d + c] = data[at * d + c];
      mean[c] += data[at * d + c] / known;
    }
  });
  let squares = 0;
  for (let e = d; e < out.length; e++) {
    out[e] -= mean[e % d];
    squares += out[e] * out[e];
  }
  const deviation = Math.sqrt(squares / (known * d)) || 1;
  return out.map((x) => x / deviation);
}

/** The mean of the vectors of the words of each name, names × d; zeros where none is known. */
export function vectorsOfNames(
  names: readonly string[],
  words: readonly string[],
  vectors: ArrayLike<number>,
): Float64Array {
  const { encode } = tokenizerOf({ tokens: 'words', words, merges: [] });
  const d = vectors.length / words.length;
  const out = new Float64Array(names.length * d);
  names.forEach((name, i) => {
    const own = encode(name.replaceAll(/[_:./-]/g, ' ')).filter((id) => id > 0);
    for (const id of own)
      for (let c = 0; c < d; c++) out[i * d + c] += vectors[id * d + c] / own.length;
  });
  return out;
}
