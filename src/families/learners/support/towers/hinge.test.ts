import { expect, test } from 'vitest';
import { expectGradient, known, numbersOf } from '../../../../testing/operation-checks.ts';
import { hardestHinge } from './hinge.ts';

test('hardestHinge has the gradient of its value', () =>
  expectGradient((s) => hardestHinge(s, 1), [[4, 4]]));

test('the hardest negative of a row and of a column count, and pairs beyond the margin do not', async () => {
  const cosines = known([0.9, 0.8, 0.1, 0.2, 0.9, 0.3, 0, 0, 0.9], [3, 3]);
  // Row 0 against 0.8, column 1 against 0.8; all others are more than 0.2 below 0.9.
  const [loss] = await numbersOf(hardestHinge(cosines, 0.2));
  expect(loss).toBeCloseTo((0.1 + 0.1) / 6, 12);
});
