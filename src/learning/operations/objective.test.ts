import { expect, test } from 'vitest';
import { koleo } from '../../families/objectives/index.ts';
import { expectGradient, known, numbersOf } from '../../testing/operation-checks.ts';
import { normalizeRows } from './normalize-rows.ts';
import { objective } from './objective.ts';

test('an objective of the catalogue has the gradient of its value', () =>
  expectGradient((x) => objective(normalizeRows(x), koleo.bind()), [[6, 3]]));

test('its value is that of the objective called by itself', async () => {
  const square = [1, 0, 0, 1, -1, 0, 0, -1];
  const [loss] = await numbersOf(objective(known(square, [4, 2]), koleo.bind()));
  const points = { data: Float64Array.from(square), rows: 4, cols: 2 };
  expect(loss).toBe((await koleo(points)).loss);
});
