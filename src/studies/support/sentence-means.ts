import { type Matrix, zeros } from '../../core/matrix.ts';

/** Words whose share of the text is this count half: the constant of smooth inverse frequency. */
const SMOOTH = 1e-3;

/**
 * The mean of the words' vectors of each sentence, words of frequency p weighing a/(a + p); p is that of the sentences
 * numbered in `known`. Words without a vector are left out; a sentence without any is a row of zeros.
 */
export function sentenceMeans(
  sentences: readonly string[],
  known: ArrayLike<number>,
  words: readonly string[],
  { data, cols: d }: Matrix,
): Matrix<Float32Array> {
  const places = new Map(words.map((word, row) => [word, row]));
  const tokens = sentences.map((text) => text.toLowerCase().match(/[a-z]+|[0-9]+/g) ?? []);
  const counts = new Map<string, number>();
  let total = 0;
  for (const at of Array.from(known)) {
    for (const word of tokens[at]) counts.set(word, (counts.get(word) ?? 0) + 1);
    total += tokens[at].length;
  }
  const out = zeros(sentences.length, d);
  for (const [i, own] of tokens.entries()) {
    for (const word of own) {
      const row = places.get(word);
      if (row === undefined) continue;
      const weight = SMOOTH / (SMOOTH + (counts.get(word) ?? 0) / total) / own.length;
      for (let c = 0; c < d; c++) out.data[i * d + c] += weight * data[row * d + c];
    }
  }
  return out;
}
