import { expect, test } from 'vitest';
import { expectGradient, known, numbersOf } from '../../testing/operation-checks.ts';
import { logSigmoid } from './log-sigmoid.ts';

test('logSigmoid has the gradient of its value', () =>
  expectGradient((x) => logSigmoid(x), [[3, 4]]));

test('logSigmoid of 0 is −log 2, and stays finite where the sigmoid is 0', async () => {
  expect(await numbersOf(logSigmoid(known([0, -1000])))).toEqual([-Math.log1p(1), -1000]);
});
