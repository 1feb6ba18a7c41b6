import { describe, expect, test } from 'vitest';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { fromRows, simplex, uniformRows } from '../../../testing/points.ts';
import { persistence0 } from './persistence-0.ts';

describe('persistence-0', () => {
  test('is d edges of √(2 + 2/d) in the simplex, and 90° steps around a square', async () => {
    expect(await measuredValue(persistence0, simplex(6))).toBeCloseTo(6 * Math.sqrt(2 + 2 / 6), 12);
    const square = fromRows([
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
    ]);
    expect(await measuredValue(persistence0, square)).toBeCloseTo(3 * Math.SQRT2, 12);
  });

  test('names a row that stays apart first', async () => {
    const crowd = Array.from({ length: 40 }, (_, i) => [
      1,
      0.02 * (i % 7),
      0.02 * Math.floor(i / 7),
    ]);
    const { rows } = await persistence0(fromRows([...crowd, [-1, 0, 0]]));
    expect(rows?.[0]).toBe(40);
  });

  test('the interval of uniform points holds the null', async () => {
    const { low, high, null: expected } = await persistence0(uniformRows(200, 5, 3));
    expect(low).toBeLessThan(expected?.value ?? NaN);
    expect(high).toBeGreaterThan(expected?.value ?? NaN);
  });
});

describeMetricLaws(persistence0);
