import { describe, expect, test } from 'vitest';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { simplex, uniformRows } from '../../../testing/points.ts';
import { star } from '../../../testing/zoo.ts';
import { robinHood } from './robin-hood.ts';

describe('robin-hood', () => {
  test('a star of eight arms gives its centre eight of nine places', async () => {
    // Counts 8, 1 and seven times 0 around a mean of 1: ½ (7 + 0 + 7)/9.
    const { value } = await robinHood(star(9), { k: 1 });
    expect(value).toBeCloseTo(7 / 9, 14);
  });

  test('k or fewer other rows leave nothing to move', async () => {
    const { value, warnings } = await robinHood(simplex(10));
    expect(value).toBe(0);
    expect(warnings).toHaveLength(1);
  });

  test('the interval of uniform points holds the simulated null', async () => {
    const { low, high, null: expected } = await robinHood(uniformRows(200, 8, 3));
    expect(low).toBeLessThan(expected?.value ?? NaN);
    expect(high).toBeGreaterThan(expected?.value ?? NaN);
  });

  test('lies between 0 and 1', async () => {
    const value = await measuredValue(robinHood, uniformRows(60, 12, 5));
    expect(value).toBeGreaterThan(0);
    expect(value).toBeLessThan(1);
  });
});

describeMetricLaws(robinHood);
