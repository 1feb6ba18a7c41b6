import { expect, test } from 'vitest';
import { expectGradient, known, numbersOf } from '../../testing/operation-checks.ts';
import { logSoftmax } from './log-softmax.ts';

test('logSoftmax has the gradient of its value', () =>
  expectGradient((x) => logSoftmax(x), [[3, 4]]));

test('equal logits give −log c', async () => {
  const [first] = await numbersOf(logSoftmax(known([7, 7, 7, 7], [1, 4])));
  expect(first).toBeCloseTo(-Math.log(4), 14);
});

test('it stays finite where the softmax is 0', async () => {
  expect(await numbersOf(logSoftmax(known([0, 2000], [1, 2])))).toEqual([-2000, 0]);
});
