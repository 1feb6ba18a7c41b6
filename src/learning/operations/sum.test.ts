import { expect, test } from 'vitest';
import { expectGradient, known, numbersOf, zeros } from '../../testing/operation-checks.ts';
import { square } from './square.ts';
import { sum } from './sum.ts';

const table = known([1, 2, 3, 4, 5, 6], [2, 3]);

test('sum has the gradient of its value', () => expectGradient((a) => sum(square(a)), [[3, 4]]));

test.each([0, 1, 2])('the sum along axis %i has the gradient of its value', (axis) =>
  expectGradient((a) => square(sum(square(a), axis)), [[2, 3, 4]]),
);

test('all numbers are added, or those along one axis', async () => {
  expect(await numbersOf(sum(table))).toEqual([21]);
  expect(await numbersOf(sum(table, 0))).toEqual([5, 7, 9]);
  expect(await numbersOf(sum(table, 1))).toEqual([6, 15]);
});

test('an axis that was summed is gone', () => {
  expect(sum(zeros([2, 3, 4]), 1).shape).toEqual([2, 4]);
  expect(sum(zeros([2, 3, 4])).shape).toEqual([]);
});

test('an axis that is not there is refused', () => {
  expect(() => sum(zeros([2, 3]), 2)).toThrow(
    'sum: option "axis" must be one of the 2 axes, from 0; got 2.',
  );
});
