import { InputError } from '../../../../core/errors.ts';
import { characterGrams } from '../../../../numerics/text/character-grams.ts';
import { textHash } from '../../../../numerics/text/text-hash.ts';
import { wordTokens } from '../../../../numerics/text/words.ts';

/**
 * The places of a text's n-grams in a table of `buckets` rows: of each word, each pair of neighbouring words, and each
 * run of characters of a word. There is no vocabulary: every word has places, and a few words share them by chance.
 */
export function gramPlaces(text: string, buckets: number): Int32Array {
  const words = wordTokens(text.toLowerCase());
  const grams = words.flatMap((word, i) => [
    word,
    // Begins with a sign that no word has: the runs "on" and the word "on" are two things.
    ...characterGrams(word).map((gram) => `\u0001${gram}`),
    ...(i > 0 ? [`${words[i - 1]} ${word}`] : []),
  ]);
  return Int32Array.from(grams, (gram) => textHash(gram) % buckets);
}

/** The same of each text; refuses one that has none. */
export function gramBags(
  where: string,
  texts: readonly string[],
  buckets: number,
): readonly Int32Array[] {
  return texts.map((text, i) => {
    const places = gramPlaces(text, buckets);
    if (places.length > 0) return places;
    throw new InputError(
      where,
      `text ${i} is ${text === '' ? 'empty' : 'blank'} (counted from 0): it has nothing to be embedded by; leave it out.`,
    );
  });
}
