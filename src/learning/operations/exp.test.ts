import { expect, test } from 'vitest';
import { expectGradient, known, numbersOf } from '../../testing/operation-checks.ts';
import { exp } from './exp.ts';

test('exp has the gradient of its value', () => expectGradient((x) => exp(x), [[3, 4]]));

test('e^0 is 1 and e^log 2 is 2', async () => {
  const [one, two] = await numbersOf(exp(known([0, Math.log(2)])));
  expect(one).toBe(1);
  expect(two).toBeCloseTo(2, 14);
});
