import { expect, test } from 'vitest';
import { expectGradient, known, numbersOf } from '../../testing/operation-checks.ts';
import { square } from './square.ts';

test('square has the gradient of its value', () => expectGradient((x) => square(x), [[3, 4]]));

test('numbers are squared one by one', async () => {
  expect(await numbersOf(square(known([-3, 0, 2])))).toEqual([9, 0, 4]);
});
