import { InputError } from '../../core/errors.ts';
import { row as rowAt } from '../../core/matrix.ts';
import type { Packed } from '../../io/packed.ts';
import { rowOfLabel } from './label-index.ts';
import type { LookupOptions, UnknownWord, VectorRows, Word } from './types.ts';
import { blendedVector, type LikeWord, likeWords, spellingVector } from './unknown-words.ts';

/** The arrays of the labels; refuses vectors that have none. */
export function labelsOf({ name, labelArrays }: VectorRows): Packed {
  if (labelArrays) return labelArrays;
  throw new InputError(name, 'the vectors have no labels; name rows by their number.');
}

/** Refuses the number of a row that is not there. */
export function requireRow({ name, rows }: Pick<VectorRows, 'name' | 'rows'>, row: number): number {
  if (Number.isSafeInteger(row) && row >= 0 && row < rows) return row;
  throw new InputError(name, `there is no row ${row}; the ${rows} rows count from 0.`);
}

/** Words with their rows and vectors; what stands for unknown ones is in the options. */
export async function wordsOf(
  rows: VectorRows,
  asked: readonly string[],
  { ignoreCase, unknown = 'similar' }: LookupOptions,
): Promise<Word[]> {
  const labels = labelsOf(rows);
  const places = await Promise.all(asked.map((word) => rowOfLabel(labels, word, ignoreCase)));
  const known = await rows.vectorsAt(places.filter((place) => place !== undefined));
  let at = 0;
  const found: Word[] = [];
  for (const [i, word] of asked.entries()) {
    const row = places[i];
    found.push(
      row === undefined
        ? await unknownWord(rows, word, unknown)
        : { word, row, vector: rowAt(known, at++).slice(), from: [] },
    );
  }
  return found;
}

async function unknownWord(
  rows: VectorRows,
  word: string,
  policy: LookupOptions['unknown'],
): Promise<Word> {
  if (policy === 'refuse')
    throw new InputError(rows.name, `there is no row with the label ${JSON.stringify(word)}.`);
  const spelled = spellingVector(word, rows.cols);
  const grams = policy === 'similar' ? await rows.gramArrays() : undefined;
  const from: LikeWord[] = grams ? await likeWords(labelsOf(rows), grams, word) : [];
  const { data } = await rows.vectorsAt(from.map(({ row }) => row));
  const like = from.map(({ weight }, i) => ({
    weight,
    vector: data.subarray(i * rows.cols, (i + 1) * rows.cols),
  }));
  return { word, row: null, vector: blendedVector(spelled, like), from };
}

/** The words that are not there, each once, and where their vectors come from. */
export function unknownOf(words: readonly Word[]): UnknownWord[] {
  const found = new Map(
    words.filter(({ row }) => row === null).map(({ word, from }) => [word, { word, from }]),
  );
  return [...found.values()];
}
