import { expect, test } from 'vitest';
import { expectGradient, known, numbersOf, zeros } from '../../testing/operation-checks.ts';
import { multiply } from './multiply.ts';

test('multiply has the gradient of its value', () =>
  expectGradient(
    (a, b) => multiply(a, b),
    [
      [2, 3],
      [2, 3],
    ],
  ));

test('a tensor multiplied by itself gets both parts of its gradient', () =>
  expectGradient((a) => multiply(a, multiply(a, a)), [[2, 3]]));

test('numbers are multiplied one by one', async () => {
  expect(await numbersOf(multiply(known([2, 3]), known([10, 20])))).toEqual([20, 60]);
});

test('two shapes are refused', () => {
  expect(() => multiply(zeros([2]), zeros([3]))).toThrow(
    'multiply: expected two tensors of one shape, 2; got 3.',
  );
});
