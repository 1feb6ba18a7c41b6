import { describe, expect, test } from 'vitest';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { fromRows, orthoplex, uniformRows } from '../../../testing/points.ts';
import { excess, uniformPValues } from '../../../testing/test-laws.ts';
import { binghamTest } from './bingham-test.ts';

describe('bingham-test', () => {
  test('a tight frame has 0 and rows on one line n(d − 1)(d + 2)/2', async () => {
    expect(await measuredValue(binghamTest, orthoplex(4))).toBeCloseTo(0, 10);
    const line = fromRows(
      Array.from({ length: 8 }, (_, i) => (i % 2 === 0 ? [3, 4, 0] : [-3, -4, 0])),
    );
    expect(await measuredValue(binghamTest, line)).toBeCloseTo((8 * 2 * 5) / 2, 10);
  });

  test.each([
    [40, 3],
    [60, 20],
  ] as const)('n = %i, d = %i: a share p of uniform sets has a p-value below p', async (n, d) => {
    const values = await uniformPValues(binghamTest, [n, d], 300);
    for (const p of [0.05, 0.5]) expect(Math.abs(excess(values, p))).toBeLessThan(4);
  });

  test('opposite clusters, which Rayleigh passes, are found', async () => {
    const points = uniformRows(200, 5, 1);
    for (let i = 0; i < 200; i++) points.data[5 * i] += i % 2 === 0 ? 1 : -1;
    expect((await binghamTest(points)).null?.pValue).toBeLessThan(1e-6);
  });
});

describeMetricLaws(binghamTest, { oneDimension: false });
