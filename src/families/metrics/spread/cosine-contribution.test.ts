import { describe, expect, test } from 'vitest';
import { describeMetricLaws } from '../../../testing/metric-laws.ts';
import { fromRows, uniformRows } from '../../../testing/points.ts';
import { cosineContribution } from './cosine-contribution.ts';
import { meanCosine } from './mean-cosine.ts';

describe('cosine-contribution', () => {
  test('rows (0.6, ±0.8) and (0.6, 0.8) owe 0.36 to the first column and −0.64/3 to the second', async () => {
    const rows = fromRows([
      [3, 4],
      [3, -4],
      [3, 4],
    ]);
    const { value, series } = await cosineContribution(rows);
    const [first, second] = [0.36, -0.64 / 3];
    const total = first - second;
    expect(value).toBeCloseTo(first / total, 12);
    expect(series?.y[1]).toBeCloseTo(second / total, 12);
    expect((await meanCosine(rows)).value).toBeCloseTo(first + second, 12);
  });

  test('a shifted column makes the cosines, and is named', async () => {
    const points = uniformRows(200, 16, 2);
    for (let i = 0; i < 200; i++) points.data[16 * i + 5] += 3;
    const { value, columns, warnings } = await cosineContribution(points);
    expect(value).toBeGreaterThan(0.95);
    expect(columns).toEqual([5]);
    expect(warnings).toEqual([]);
  });

  test('rows without a common direction are named', async () => {
    const { warnings } = await cosineContribution(uniformRows(500, 6, 1));
    expect(warnings[0]).toMatch(/next to nothing to contribute to/);
  });
});

describeMetricLaws(cosineContribution, { rotation: false });
