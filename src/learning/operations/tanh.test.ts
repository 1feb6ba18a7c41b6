import { expect, test } from 'vitest';
import { expectGradient, known, numbersOf } from '../../testing/operation-checks.ts';
import { tanh } from './tanh.ts';

test('tanh has the gradient of its value', () => expectGradient((x) => tanh(x), [[3, 4]]));

test('tanh of ½·log 3 is ½, and large numbers saturate', async () => {
  const [half, ...ends] = await numbersOf(tanh(known([Math.log(3) / 2, 1000, -1000])));
  expect(half).toBeCloseTo(0.5, 15);
  expect(ends).toEqual([1, -1]);
});
