import { expect, test } from 'vitest';
import { studyData } from '../../cli/study/places.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { wordSpaces } from './word-spaces.ts';

test('rows of both spaces are the most frequent words, in directions without products', async () => {
  const sizes = { words: 120, contexts: 60, dim: 5, few: true };
  const { words, glove, counted } = await wordSpaces(studyData(), sizes, referenceEngine);
  expect(words[0]).toBe('the');
  expect([glove.rows, glove.cols, counted.rows, counted.cols]).toEqual([120, 100, 120, 5]);
  const product = (k: number, l: number) => {
    let sum = 0;
    for (let i = 0; i < 120; i++) sum += counted.data[5 * i + k] * counted.data[5 * i + l];
    return sum;
  };
  // U·S^½: its Gram matrix is S, largest first.
  for (let k = 0; k < 5; k++) {
    for (let l = 0; l < k; l++) expect(Math.abs(product(k, l))).toBeLessThan(1e-4 * product(0, 0));
    if (k > 0) expect(product(k, k)).toBeLessThan(product(k - 1, k - 1));
  }
});
