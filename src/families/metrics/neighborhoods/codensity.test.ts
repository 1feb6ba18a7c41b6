import { describe, expect, test } from 'vitest';
import { gathered } from '../../../core/matrix.ts';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { fromRows, orthoplex, uniformRows } from '../../../testing/points.ts';
import { codensity } from './codensity.ts';

describe('codensity', () => {
  test('is 90° in the orthoplex, whose rows have all but one at a right angle', async () => {
    expect(await measuredValue(codensity, orthoplex(8))).toBeCloseTo(90, 10);
  });

  test('names the rows that lie alone, the most remote first', async () => {
    const crowd = Array.from({ length: 60 }, (_, i) => [1, 0.01 * (i % 8), 0.01 * (i >> 3)]);
    const { rows = [] } = await codensity(fromRows([...crowd, [0.9, 0, 0.5], [-1, 0, 0]]));
    expect(rows.slice(0, 2)).toEqual([61, 60]);
  });

  test('the null is the median of the k-th of n − 1 uniform cap shares', async () => {
    // On the sphere of R³ the share within θ is sin²(θ/2); the one nearest of two is uniform.
    const { null: expected } = await codensity(gathered(uniformRows(2, 3, 1), [0, 1]), { k: 1 });
    expect(expected?.value).toBeCloseTo(90, 9);
  });
});

describeMetricLaws(codensity);
