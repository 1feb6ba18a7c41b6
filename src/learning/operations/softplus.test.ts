import { expect, test } from 'vitest';
import { expectGradient, known, numbersOf } from '../../testing/operation-checks.ts';
import { softplus } from './softplus.ts';

test('softplus has the gradient of its value', () => expectGradient((x) => softplus(x), [[3, 4]]));

test('softplus of 0 is log 2, and large numbers pass without overflow', async () => {
  expect(await numbersOf(softplus(known([0, 1000, -1000])))).toEqual([Math.log1p(1), 1000, 0]);
});
