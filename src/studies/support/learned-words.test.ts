import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { cosinesWith, type LearnOptions, learnedWord, type Way } from './learned-words.ts';

/** Texts of the class lie near the first axis; the word to begin with is on the second. */
const vocabulary = matrix(Float32Array.of(0, 1, 0, 1, 0, 0, 0.6, 0.8, 0, 0, 0, 1), 4, 3);
const texts = {
  points: matrix(Float32Array.of(1, 0, 0, 0.8, 0.6, 0, -1, 0, 0, -0.8, 0.6, 0), 4, 3),
  isOf: Int32Array.of(1, 1, 0, 0),
};
const options = (way: Way): LearnOptions => ({
  ...{ way, basis: 2, drawn: [0, 1], steps: 60, learningRate: 0.1, engine: referenceEngine },
});

test.each(['free', 'near', 'drawn'] as const)(
  '%s: the texts come to the right side',
  async (way) => {
    const { losses, accuracies, vectors } = await learnedWord(vocabulary, 0, texts, options(way));
    expect(vectors[0]).toEqual(Float32Array.of(0, 1, 0));
    expect(losses[59]).toBeLessThan(losses[0]);
    expect([accuracies.length, accuracies[59]]).toEqual([60, 1]);
  },
);

test('a mix of near words stays in their plane, and so does one of drawn words', async () => {
  const lastOf = async (way: Way) =>
    (await learnedWord(vocabulary, 0, texts, options(way))).vectors[59];
  // Near (0, 1, 0) is (0.6, 0.8, 0); no row of either basis has a third column.
  expect((await lastOf('near'))[2]).toBe(0);
  expect((await lastOf('drawn'))[2]).toBe(0);
});

test('the vocabulary stays as it is', async () => {
  const before = vocabulary.data.slice();
  await learnedWord(vocabulary, 0, texts, options('near'));
  expect(vocabulary.data).toEqual(before);
});

test('cosines with unit rows', () => {
  expect([...cosinesWith(Float32Array.of(0, 2, 0), vocabulary)].map((x) => x.toFixed(6))).toEqual([
    '1.000000',
    '0.000000',
    '0.800000',
    '0.000000',
  ]);
});
