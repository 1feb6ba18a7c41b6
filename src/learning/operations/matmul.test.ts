import { expect, test } from 'vitest';
import { expectGradient, known, numbersOf, zeros } from '../../testing/operation-checks.ts';
import { matmul } from './matmul.ts';

test('matmul has the gradient of its value', () =>
  expectGradient(
    (a, b) => matmul(a, b),
    [
      [3, 4],
      [4, 2],
    ],
  ));

test('matmul with B transposed has the gradient of its value', () =>
  expectGradient(
    (a, b) => matmul(a, b, { transposeB: true }),
    [
      [3, 4],
      [2, 4],
    ],
  ));

test('a product by hand', async () => {
  const a = known([1, 2, 3, 4], [2, 2]);
  const b = known([5, 6, 7, 8], [2, 2]);
  expect(await numbersOf(matmul(a, b))).toEqual([19, 22, 43, 50]);
  expect(await numbersOf(matmul(a, b, { transposeB: true }))).toEqual([17, 23, 39, 53]);
});

test('factors that do not fit are refused', () => {
  expect(() => matmul(zeros([2, 3]), zeros([2, 3]))).toThrow(
    'matmul: expected 3 rows in B, as many as A has columns; got 2 × 3.',
  );
  expect(() => matmul(zeros([2]), zeros([2, 3]))).toThrow(
    'matmul: expected a matrix where constant stands; got 2.',
  );
});
