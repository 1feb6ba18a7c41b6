import { expect, test } from 'vitest';
import { expectGradient, known, numbersOf } from '../../testing/operation-checks.ts';
import { exp } from './exp.ts';
import { log } from './log.ts';
import { square } from './square.ts';

test('log has the gradient of its value', () =>
  expectGradient((x) => log(exp(square(x))), [[3, 4]]));

test('log 1 is 0, log 0 is −∞, and a negative number has none', async () => {
  expect(await numbersOf(log(known([1, 0, -1])))).toEqual([0, -Infinity, Number.NaN]);
});
