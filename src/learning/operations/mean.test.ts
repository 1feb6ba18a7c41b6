import { expect, test } from 'vitest';
import { expectGradient, known, numbersOf } from '../../testing/operation-checks.ts';
import { mean } from './mean.ts';
import { square } from './square.ts';

test('mean has the gradient of its value', () => expectGradient((a) => mean(square(a)), [[3, 4]]));

test('the mean over rows has the gradient of its value', () =>
  expectGradient((a) => square(mean(square(a), 0)), [[3, 4]]));

test('the mean is taken of all numbers, or along one axis', async () => {
  const table = known([1, 2, 3, 4, 5, 6], [2, 3]);
  expect(await numbersOf(mean(table))).toEqual([3.5]);
  expect(await numbersOf(mean(table, 0))).toEqual([2.5, 3.5, 4.5]);
  // 1/3 is rounded before it multiplies: half a unit in the last place each.
  const [first, second] = await numbersOf(mean(table, 1));
  expect(first).toBeCloseTo(2, 14);
  expect(second).toBeCloseTo(5, 14);
});
