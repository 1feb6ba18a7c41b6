import { expect, test } from 'vitest';
import { expectGradient, known, numbersOf } from '../../../testing/operation-checks.ts';
import { scaledResiduals } from './scaled-residuals.ts';

const residuals = known([1, -2, 0.5, 3, 0, 0.25], [3, 2]);

test('where nothing grows it is what was given', async () => {
  const x = known([1, 2, 3, 4, 5, 6], [3, 2]);
  expect(await numbersOf(scaledResiduals(x, known([0, 0, 0], [3, 1]), residuals))).toEqual([
    1, 2, 3, 4, 5, 6,
  ]);
  expect(await numbersOf(scaledResiduals(x, known([1, 0, 4], [3, 1]), residuals))).toEqual([
    2, 0, 3, 4, 5, 7,
  ]);
});

test('its gradient is that of the sum', async () => {
  await expectGradient(
    (x, growth) => scaledResiduals(x, growth, residuals),
    [
      [3, 2],
      [3, 1],
    ],
  );
});
