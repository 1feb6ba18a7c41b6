import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { fromRows, orthoplex, simplex, uniformRows } from '../../../testing/points.ts';
import { effectiveRank } from './effective-rank.ts';
import { entropyRank } from './entropy-rank.ts';

describe('entropy-rank', () => {
  test('tight frames have d and a single direction 1', async () => {
    expect(await measuredValue(entropyRank, orthoplex(5))).toBeCloseTo(5, 12);
    expect(await measuredValue(entropyRank, simplex(7))).toBeCloseTo(7, 10);
    const line = fromRows([
      [1, 2],
      [-1, -2],
      [2, 4],
    ]);
    expect(await measuredValue(entropyRank, line)).toBeCloseTo(1, 12);
  });

  test('two directions with a and b rows have p = a/(a + b), not √a as RankMe', async () => {
    const rows = fromRows([...Array(9).fill([1, 0, 0]), ...Array(4).fill([0, 0, 1])]);
    const [p, q] = [9 / 13, 4 / 13];
    const expected = Math.exp(-p * Math.log(p) - q * Math.log(q));
    expect(await measuredValue(entropyRank, rows)).toBeCloseTo(expected, 12);
  });

  test('is at most RankMe', async () => {
    const size = fc.integer({ min: 2, max: 12 });
    await fc.assert(
      fc.asyncProperty(size, size, fc.nat(), async (n, d, seed) => {
        const points = uniformRows(n, d, seed);
        const least = await measuredValue(entropyRank, points);
        expect(least).toBeLessThanOrEqual((await measuredValue(effectiveRank, points)) + 1e-9);
      }),
      { numRuns: 20 },
    );
  });
});

describeMetricLaws(entropyRank);
