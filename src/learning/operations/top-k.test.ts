import { expect, test } from 'vitest';
import { expectGradient, known, numbersOf, zeros } from '../../testing/operation-checks.ts';
import { multiply } from './multiply.ts';
import { topK } from './top-k.ts';

test('topK has the gradient of its value', () =>
  expectGradient(
    (a, b) => topK(multiply(a, b), 2),
    [
      [4, 5],
      [4, 5],
    ],
  ));

test('the k largest of each row stay where they are, of equal ones the first', async () => {
  const x = known([3, -1, 5, 4, 7, 7, 7, 7], [2, 4]);
  expect(await numbersOf(topK(x, 2))).toEqual([0, 0, 5, 4, 7, 7, 0, 0]);
  expect(await numbersOf(topK(x, 4))).toEqual([3, -1, 5, 4, 7, 7, 7, 7]);
});

test('columns that are left out are never kept', async () => {
  const x = known([3, -1, 5, 4], [1, 4]);
  expect(await numbersOf(topK(x, 2, { among: [1, 1, 0, 0] }))).toEqual([3, -1, 0, 0]);
  expect(await numbersOf(topK(x, 2, { among: [0, 0, 0, 1] }))).toEqual([0, 0, 0, 4]);
});

test('a k beyond the columns is refused in a sentence', () => {
  expect(() => topK(zeros([2, 3]), 4)).toThrow('"k" must be a whole number from 1 to 3');
  expect(() => topK(zeros([2, 3]), 2, { among: [1] })).toThrow('for each of 3 columns in among');
});
