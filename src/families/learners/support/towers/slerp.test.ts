import { expect, test } from 'vitest';
import { normalizeRows } from '../../../../learning/index.ts';
import { expectGradient, known, numbersOf } from '../../../../testing/operation-checks.ts';
import { slerpRows } from './slerp.ts';

test('slerpRows has the gradient of its value, in both rows', () =>
  expectGradient(
    (x, z) => slerpRows(normalizeRows(x), normalizeRows(z), 0.3),
    [
      [3, 4],
      [3, 4],
    ],
  ));

test('a third of a right angle is 30 degrees, and the row has unit length', async () => {
  const found = await numbersOf(slerpRows(known([1, 0], [1, 2]), known([0, 1], [1, 2]), 1 / 3));
  expect(found[0]).toBeCloseTo(0.5, 12);
  expect(found[1]).toBeCloseTo(Math.sqrt(0.75), 12);
});

test('share 1 is x, share 0 is z, and equal rows stay', async () => {
  const [x, z] = [known([0.6, 0.8], [1, 2]), known([-0.8, 0.6], [1, 2])];
  expect((await numbersOf(slerpRows(x, z, 1)))[0]).toBeCloseTo(0.6, 12);
  expect((await numbersOf(slerpRows(x, z, 0)))[0]).toBeCloseTo(-0.8, 12);
  expect((await numbersOf(slerpRows(x, x, 0.4)))[1]).toBeCloseTo(0.8, 12);
});
