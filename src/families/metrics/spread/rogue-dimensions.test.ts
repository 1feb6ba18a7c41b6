import { describe, expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { orthoplex, uniformRows } from '../../../testing/points.ts';
import { rogueDimensions } from './rogue-dimensions.ts';

describe('rogue-dimensions', () => {
  test('the orthoplex has 1/d, and no column stands out', async () => {
    expect(await rogueDimensions(orthoplex(5))).toMatchObject({ value: 0.2, columns: [] });
  });

  test('planted columns are listed, worst first', async () => {
    const points = uniformRows(300, 20, 1);
    for (let i = 0; i < 300; i++) {
      points.data[20 * i + 7] *= 6;
      points.data[20 * i + 3] += 1.5;
    }
    const { columns, value, low, high } = await rogueDimensions(points);
    expect(columns).toEqual([3, 7]);
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
  });

  test('95 % of uniform sets lie within the null, within 4 standard errors', async () => {
    const random = Random.fromSeed(5);
    const { null: expected } = await rogueDimensions(uniformRows(80, 12, 1));
    let inside = 0;
    for (let r = 0; r < 300; r++) {
      const value = await measuredValue(rogueDimensions, uniformRows(80, 12, random.fork(r)));
      if (value >= (expected?.low ?? NaN) && value <= (expected?.high ?? NaN)) inside += 1;
    }
    expect(Math.abs(inside / 300 - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / 300));
  });
});

describeMetricLaws(rogueDimensions, { rotation: false });
