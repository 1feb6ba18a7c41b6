import { expect, test } from 'vitest';
import { expectGradient, known, numbersOf } from '../../testing/operation-checks.ts';
import { softmax } from './softmax.ts';

test('softmax has the gradient of its value', () => expectGradient((x) => softmax(x), [[3, 4]]));

test('logits 0 and log 3 are probabilities ¼ and ¾, with any number added to both', async () => {
  const logits = known([0, Math.log(3), 1000, 1000 + Math.log(3)], [2, 2]);
  const p = await numbersOf(softmax(logits));
  // 1000 + log 3 keeps 13 digits after the point.
  for (const [e, expected] of [0.25, 0.75, 0.25, 0.75].entries())
    expect(p[e]).toBeCloseTo(expected, 12);
});
