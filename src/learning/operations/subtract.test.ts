import { expect, test } from 'vitest';
import { expectGradient, known, numbersOf, zeros } from '../../testing/operation-checks.ts';
import { square } from './square.ts';
import { subtract } from './subtract.ts';

test('subtract has the gradient of its value', () =>
  expectGradient(
    (a, b) => subtract(a, square(b)),
    [
      [2, 3],
      [2, 3],
    ],
  ));

test('numbers are subtracted one by one', async () => {
  expect(await numbersOf(subtract(known([1, 2]), known([10, 20])))).toEqual([-9, -18]);
});

test('two shapes are refused', () => {
  expect(() => subtract(zeros([2]), zeros([2, 1]))).toThrow(
    'subtract: expected two tensors of one shape, 2; got 2 × 1.',
  );
});
