import { expect, test } from 'vitest';
import { expectGradient, known, numbersOf } from '../../testing/operation-checks.ts';
import { normalizeRows } from './normalize-rows.ts';

test('normalizeRows has the gradient of its value', () =>
  expectGradient((x) => normalizeRows(x), [[4, 3]]));

test('a row keeps its direction, and one without a direction becomes zero', async () => {
  const [a, b, ...none] = await numbersOf(normalizeRows(known([3, 4, 0, 0], [2, 2])));
  expect(a).toBeCloseTo(0.6, 15);
  expect(b).toBeCloseTo(0.8, 15);
  expect(none).toEqual([0, 0]);
});
