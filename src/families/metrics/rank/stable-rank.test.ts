import { describe, expect, test } from 'vitest';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { fromRows, orthoplex, simplex } from '../../../testing/points.ts';
import { stableRank } from './stable-rank.ts';

describe('stable-rank', () => {
  test('tight frames have d, and a and b rows of two directions (a + b)/max(a, b)', async () => {
    expect(await measuredValue(stableRank, orthoplex(5))).toBeCloseTo(5, 12);
    expect(await measuredValue(stableRank, simplex(7))).toBeCloseTo(7, 10);
    const rows = fromRows([...Array(9).fill([1, 0, 0]), ...Array(4).fill([0, 0, 1])]);
    expect(await measuredValue(stableRank, rows)).toBeCloseTo(13 / 9, 12);
  });
});

describeMetricLaws(stableRank);
