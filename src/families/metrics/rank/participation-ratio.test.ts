import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { orthoplex, simplex, uniformRows } from '../../../testing/points.ts';
import { participationRatio } from './participation-ratio.ts';

describe('participation-ratio', () => {
  test('the orthoplex and the simplex of R^d have d', async () => {
    expect(await measuredValue(participationRatio, orthoplex(6))).toBeCloseTo(6, 12);
    expect(await measuredValue(participationRatio, simplex(8))).toBeCloseTo(8, 10);
  });

  test('is between 1 and min(n − 1, d), and so is its interval', async () => {
    const size = fc.integer({ min: 3, max: 12 });
    await fc.assert(
      fc.asyncProperty(size, size, fc.nat(), async (n, d, seed) => {
        const { value, low = NaN, high = NaN } = await participationRatio(uniformRows(n, d, seed));
        expect(low).toBeGreaterThanOrEqual(1);
        expect(high).toBeLessThanOrEqual(Math.min(n - 1, d) + 1e-9);
        expect(value).toBeGreaterThanOrEqual(low);
        expect(value).toBeLessThanOrEqual(high + 1e-9);
      }),
      { numRuns: 10 },
    );
  });

  test('few rows read too low, and it says by how much', async () => {
    const { value, warnings } = await participationRatio(uniformRows(60, 20, 1));
    expect(value).toBeLessThan(17);
    expect(warnings).toEqual(['with 60 rows it reads about 24 % too low: more rows are needed.']);
  });

  test('equal rows have none', async () => {
    const rows = { data: Float64Array.of(1, 2, 2, 4, 3, 6), rows: 3, cols: 2 };
    expect((await participationRatio(rows)).value).toBeNaN();
  });
});

describeMetricLaws(participationRatio);
