import { describe, expect, test } from 'vitest';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { fromRows, orthoplex, simplex } from '../../../testing/points.ts';
import { codingRate } from './coding-rate.ts';

describe('coding-rate', () => {
  test('a tight frame has (d/2) ln(1 + 1/ε²), the most there is', async () => {
    expect(await measuredValue(codingRate, orthoplex(6))).toBeCloseTo(3 * Math.log(3), 12);
    expect(await measuredValue(codingRate, simplex(4))).toBeCloseTo(2 * Math.log(3), 10);
  });

  test('a single direction has ½ ln(1 + d/ε²)', async () => {
    const { value } = await codingRate(fromRows(Array(5).fill([3, 4, 0])), { distortion: 0.1 });
    expect(value).toBeCloseTo(0.5 * Math.log(1 + 3 / 0.1), 12);
  });
});

describeMetricLaws(codingRate);
