import { describe, expect, test } from 'vitest';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { fromRows, simplex } from '../../../testing/points.ts';
import { persistence1 } from './persistence-1.ts';

const circle = (n: number) =>
  fromRows(
    Array.from({ length: n }, (_, i) => {
      const angle = (2 * Math.PI * i) / n;
      return [Math.cos(angle), Math.sin(angle), 0];
    }),
  );

describe('persistence-1', () => {
  test('of a regular polygon is √3 less its side', async () => {
    const wanted = Math.sqrt(3) - 2 * Math.sin(Math.PI / 24);
    expect(await measuredValue(persistence1, circle(24))).toBeCloseTo(wanted, 12);
  });

  test('with a quarter of the rows as landmarks, the interval holds that of all', async () => {
    const all = await measuredValue(persistence1, circle(80));
    const { low = NaN, high = NaN } = await persistence1(circle(80), { landmarks: 20 });
    expect(low).toBeLessThan(all);
    expect(high).toBeGreaterThan(all);
  });

  test('is 0 in a simplex, where everything joins at once', async () => {
    expect(await measuredValue(persistence1, simplex(7))).toBe(0);
  });
});

describeMetricLaws(persistence1);
