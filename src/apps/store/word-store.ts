import { OptionError } from '../../core/errors.ts';
import { zeros } from '../../core/matrix.ts';
import { labelOfRow, rowOfLabel } from './label-index.ts';
import { labelsOf, requireRow, unknownOf, wordsOf } from './lookup.ts';
import { nearTo } from './near.ts';
import type { OddWord, Similarity, VectorRows, Word, WordStore } from './types.ts';
import { dot, sumOf, unit } from './vectors.ts';

/** The questions that vectors with labels answer, wherever the vectors lie. */
export function wordStore(
  rows: VectorRows,
  close: () => Promise<void> = async () => {},
): WordStore {
  const rowOf: WordStore['rowOf'] = async (label, { ignoreCase } = {}) =>
    rowOfLabel(labelsOf(rows), label, ignoreCase);
  const words: WordStore['words'] = (asked, options = {}) => wordsOf(rows, asked, options);
  const word: WordStore['word'] = async (asked, options) => (await words([asked], options))[0];
  return {
    ...rows,
    rowOf,
    contains: async (label, options) => (await rowOf(label, options)) !== undefined,
    labelOf: async (row) => labelOfRow(labelsOf(rows), requireRow(rows, row)),
    word,
    words,
    vector: async (asked, options) => (await word(asked, options)).vector,
    async vectors(asked, options) {
      const out = zeros(asked.length, rows.cols);
      for (const [i, { vector }] of (await words(asked, options)).entries())
        out.data.set(vector, i * rows.cols);
      return out;
    },
    near: (question, options = {}, run = {}) => nearTo(rows, question, options, run),
    similarity: async (a, b, options) => similarity(await words([a, b], options)),
    doesNotMatch: async (asked, options) => oddWord(await words(asked, options)),
    close,
  };
}

function similarity(words: readonly Word[]): Similarity {
  const [a, b] = words.map(({ vector }) => unit(vector));
  return { cosine: dot(a, b), unknown: unknownOf(words) };
}

function oddWord(words: readonly Word[]): OddWord {
  if (words.length < 3)
    throw new OptionError(
      'doesNotMatch',
      'words',
      'at least 3 words',
      words.map(({ word }) => word),
    );
  const units = words.map(({ vector }) => unit(vector));
  const mean = unit(sumOf(units));
  const cosines = words.map(({ word }, i) => ({ word, cosine: dot(units[i], mean) }));
  const least = cosines.reduce((low, own) => (own.cosine < low.cosine ? own : low));
  return { word: least.word, cosines, unknown: unknownOf(words) };
}
