import { expect, test } from 'vitest';
import { curveJson, rowsJson } from './series.ts';

test('a short curve is whole, a number that is not finite is null', () => {
  const curve = { x: [1, 2, 4], y: Float64Array.of(0.5, NaN, 3), xName: 'k', yName: 'recall' };
  expect(curveJson(curve)).toEqual({
    of: 3,
    xName: 'k',
    yName: 'recall',
    x: [1, 2, 4],
    y: [0.5, null, 3],
  });
});

test('of more than 10,000 values so many are left, at even distances, and it says of how many', () => {
  const value = Float64Array.from({ length: 30_001 }, (_, i) => 2 * i);
  const found = rowsJson({ value }) as { of: number; rows: number[]; values: { value: number[] } };
  expect(found.of).toBe(30_001);
  expect(found.rows).toHaveLength(10_000);
  expect([found.rows[0], found.rows.at(-1)]).toEqual([0, 30_000]);
  expect(found.values.value).toEqual(found.rows.map((i) => 2 * i));
});
