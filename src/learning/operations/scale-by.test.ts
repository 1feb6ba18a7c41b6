import { expect, test } from 'vitest';
import { expectGradient, known, numbersOf, zeros } from '../../testing/operation-checks.ts';
import { scaleBy } from './scale-by.ts';

test('scaleBy has the gradient of its value, in both', () =>
  expectGradient((x, factor) => scaleBy(x, factor), [[3, 4], [1]]));

test('scaleBy multiplies every number', async () => {
  expect(await numbersOf(scaleBy(known([1, -2, 0]), known([3])))).toEqual([3, -6, 0]);
});

test('scaleBy refuses a factor of several numbers', () => {
  expect(() => scaleBy(zeros([2, 2]), zeros([2]))).toThrow(
    'scaleBy: expected a factor of one number; got 2.',
  );
});
