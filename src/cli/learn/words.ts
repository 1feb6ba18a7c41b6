import { InputError } from '../../core/errors.ts';
import type { WordVectors } from '../../families/learners/index.ts';
import { readInput } from '../input.ts';

/** Vectors of words, which are the labels of their rows. */
export async function readWords(command: string, file: string | undefined): Promise<WordVectors> {
  if (file === undefined)
    throw new InputError(command, 'vectors of words are needed: --words FILE (or dataset:glove).');
  const { points, labels } = await readInput(file, {});
  if (labels) return { points, labels };
  throw new InputError(file, 'its rows have no labels, which are to be the words.');
}
