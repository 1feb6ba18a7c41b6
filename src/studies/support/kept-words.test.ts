import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { meanCosine, similarityOf, uniqueRows } from './kept-words.ts';

const four = matrix(Float64Array.of(1, 0, 0, 2, 3, 0, 0, 2), 4, 2);

test('two of four rows are equal', () => {
  expect(uniqueRows(four)).toBe(0.5);
});

test('cosines of rows with themselves are 1, with those of another length too', () => {
  const other = matrix(Float64Array.of(5, 0, 1, 0, 1, 0, 0, 1), 4, 2);
  expect(meanCosine(four, four)).toBe(1);
  expect(meanCosine(four, other)).toBe(0.75);
});

test('judgements in the order of the cosines have a correlation of 1', () => {
  const slanted = matrix(Float64Array.of(1, 0, 1, 1, 0, 1), 3, 2);
  const pairs = [
    [0, 0],
    [0, 1],
    [0, 2],
  ] as const;
  expect(similarityOf(slanted, [{ pairs, scores: [9, 5, 1] }])).toBe(1);
  expect(similarityOf(slanted, [{ pairs, scores: [1, 5, 9] }])).toBe(-1);
});
