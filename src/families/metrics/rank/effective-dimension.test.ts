import { describe, expect, test } from 'vitest';
import { zeros } from '../../../core/matrix.ts';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { orthoplex, uniformRows } from '../../../testing/points.ts';
import { effectiveDimension } from './effective-dimension.ts';

/** Pairs ± along the axes: the variance of axis c is its share of the pairs. */
function pairs(...counts: readonly number[]) {
  const axes = counts.flatMap((count, c) => Array.from({ length: count }, () => c));
  const points = zeros(2 * axes.length, counts.length);
  axes.forEach((c, i) => {
    points.data[2 * i * counts.length + c] = 1;
    points.data[(2 * i + 1) * counts.length + c] = -1;
  });
  return points;
}

describe('effective-dimension', () => {
  test('9, 4 and 1 pairs along three axes: 1 holds 64 %, 2 hold 93 %', async () => {
    const points = pairs(9, 4, 1);
    const at = async (share: number) => (await effectiveDimension(points, { share })).value;
    expect([await at(0.6), await at(0.65), await at(0.92), await at(0.93), await at(1)]).toEqual([
      1, 2, 2, 3, 3,
    ]);
  });

  test('even directions are all needed but for the share that may go: 19 of 20 hold 95 %', async () => {
    expect(await measuredValue(effectiveDimension, orthoplex(20))).toBe(19);
  });

  test('a share of 1 is the rank: columns of zeros add nothing', async () => {
    const { value, low, high } = await effectiveDimension(pairs(5, 3, 0, 0), { share: 1 });
    expect([value, high]).toEqual([2, 2]);
    expect(low).toBeLessThanOrEqual(2);
  });

  test('the interval holds the value, and 200 rows tell it less well than 2,000', async () => {
    const width = async (n: number) => {
      const {
        value,
        low = NaN,
        high = NaN,
      } = await effectiveDimension(uniformRows(n, 30, 1), {
        share: 0.8,
      });
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
      return high - low;
    };
    expect(await width(2000)).toBeLessThanOrEqual(await width(200));
  });

  test('few rows in many columns are said', async () => {
    const { value, warnings } = await effectiveDimension(uniformRows(10, 30, 1));
    expect(value).toBeLessThanOrEqual(9);
    expect(warnings).toEqual(['10 rows have at most 9 components: more rows are needed.']);
  });

  test('equal rows have none', async () => {
    const rows = { data: Float64Array.of(1, 2, 2, 4, 3, 6), rows: 3, cols: 2 };
    expect((await effectiveDimension(rows)).value).toBeNaN();
  });
});

describeMetricLaws(effectiveDimension);
