import { describe, expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { fromRows, orthoplex } from '../../../testing/points.ts';
import { normVariation } from './norm-variation.ts';

describe('norm-variation', () => {
  test('unit rows have 0, lengths 1 and 3 have ½', async () => {
    expect(await measuredValue(normVariation, orthoplex(3))).toBeCloseTo(0, 14);
    const rows = fromRows([
      [1, 0],
      [0, 3],
      [0, -1],
      [-3, 0],
    ]);
    expect(await measuredValue(normVariation, rows)).toBeCloseTo(0.5, 14);
  });

  test('very short rows are listed, shortest first', async () => {
    const rows = fromRows([
      [5, 0],
      [0.1, 0],
      [0, 5],
      [0, 0.01],
      [4, 4],
    ]);
    const { rows: short, warnings } = await normVariation(rows);
    expect(short).toEqual([3, 1]);
    expect(warnings).toEqual([
      '2 rows are shorter than 0.1 of the median length: their directions may be noise.',
    ]);
  });

  test('the interval holds the value of many rows in 95 of 100 sets, within 4 standard errors', async () => {
    const random = Random.fromSeed(2);
    let covered = 0;
    for (let r = 0; r < 100; r++) {
      const stream = random.fork(r);
      const rows = fromRows(Array.from({ length: 150 }, () => [1 + stream.uniform()]));
      const { low = NaN, high = NaN } = await normVariation(rows);
      const truth = Math.sqrt(1 / 12) / 1.5;
      if (low <= truth && truth <= high) covered += 1;
    }
    expect(covered).toBeGreaterThanOrEqual(95 - 4 * 2.2);
  });
});

describeMetricLaws(normVariation, { lengths: false });
