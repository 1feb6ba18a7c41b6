import { expect, test } from 'vitest';
import { expectGradient, known, numbersOf, zeros } from '../../testing/operation-checks.ts';
import { add } from './add.ts';
import { square } from './square.ts';

test('add has the gradient of its value', () =>
  expectGradient(
    (a, b) => add(a, square(b)),
    [
      [2, 3],
      [2, 3],
    ],
  ));

test('numbers are added one by one', async () => {
  expect(await numbersOf(add(known([1, 2]), known([10, 20])))).toEqual([11, 22]);
});

test('two shapes are refused', () => {
  expect(() => add(zeros([2, 3]), zeros([3, 2]))).toThrow(
    'add: expected two tensors of one shape, 2 × 3; got 3 × 2.',
  );
});
