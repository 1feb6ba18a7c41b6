import { expect, test } from 'vitest';
import { expectGradient, known, numbersOf } from '../../testing/operation-checks.ts';
import { scale } from './scale.ts';
import { square } from './square.ts';

test('scale has the gradient of its value', () =>
  expectGradient((a) => scale(square(a), -3), [[4]]));

test('numbers are scaled one by one', async () => {
  expect(await numbersOf(scale(known([2, 3]), -2))).toEqual([-4, -6]);
});
