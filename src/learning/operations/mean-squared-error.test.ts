import { expect, test } from 'vitest';
import { expectGradient, known, numbersOf, zeros } from '../../testing/operation-checks.ts';
import { meanSquaredError } from './mean-squared-error.ts';

test('meanSquaredError has the gradient of its value in both', () =>
  expectGradient(
    (x, y) => meanSquaredError(x, y),
    [
      [3, 4],
      [3, 4],
    ],
  ));

test('a value by hand', async () => {
  expect(await numbersOf(meanSquaredError(known([1, 2]), known([4, 6])))).toEqual([12.5]);
});

test('two shapes are refused', () => {
  expect(() => meanSquaredError(zeros([2]), zeros([3]))).toThrow(
    'meanSquaredError: expected two tensors of one shape, 2; got 3.',
  );
});
