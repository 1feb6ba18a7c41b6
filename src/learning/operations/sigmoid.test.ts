import { expect, test } from 'vitest';
import { expectGradient, known, numbersOf } from '../../testing/operation-checks.ts';
import { sigmoid } from './sigmoid.ts';

test('sigmoid has the gradient of its value', () => expectGradient((x) => sigmoid(x), [[3, 4]]));

test('sigmoid of log 3 is ¾, and large numbers saturate', async () => {
  const [value, ...ends] = await numbersOf(sigmoid(known([Math.log(3), 0, 1000, -1000])));
  expect(value).toBeCloseTo(0.75, 15);
  expect(ends).toEqual([0.5, 1, 0]);
});
