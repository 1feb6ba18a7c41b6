import { describe, expect, test } from 'vitest';
import { expectedKernel } from '../../../structures/uniform/expectation.ts';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { fromRows, orthoplex, simplex, uniformRows } from '../../../testing/points.ts';
import { mmd } from './mmd.ts';

import { uniformity } from './uniformity.ts';

const gaussianExpectation = (t: number, d: number) =>
  expectedKernel({ shape: 'gaussian', distance: 'chordal', scale: t }, d);

describe('mmd', () => {
  test('the simplex of R^d has exp(−2t(1 + 1/d)) − κ₀, less than 0', async () => {
    for (const d of [2, 5, 20]) {
      const value = await measuredValue(mmd, simplex(d));
      expect(value).toBeCloseTo(Math.exp(-4 * (1 + 1 / d)) - gaussianExpectation(2, d), 14);
      expect(value).toBeLessThan(0);
    }
  });

  test('the orthoplex averages its d opposite and 2d(d − 1) orthogonal pairs', async () => {
    const d = 4;
    const mean = (d * Math.exp(-8) + 2 * d * (d - 1) * Math.exp(-4)) / (d * (2 * d - 1));
    expect(await measuredValue(mmd, orthoplex(d))).toBeCloseTo(
      mean - gaussianExpectation(2, d),
      14,
    );
  });

  test('equal rows have 1 − κ₀, the most there is', async () => {
    const value = await measuredValue(
      mmd,
      fromRows([
        [1, 2, 2],
        [2, 4, 4],
        [3, 6, 6],
      ]),
    );
    // Below 2⁻²⁰ rad the engine goes on with the kernel in a straight line: 2e-12 above 1.
    expect(value).toBeCloseTo(1 - gaussianExpectation(2, 3), 10);
  });

  test('is the exponential of uniformity less κ₀, for any t', async () => {
    const points = uniformRows(40, 6, 8);
    for (const t of [0.5, 2, 5]) {
      const log = await uniformity(points, { t });
      const { value } = await mmd(points, { t });
      expect(value).toBeCloseTo(Math.exp(log.value) - gaussianExpectation(t, 6), 14);
    }
  });
});

describeMetricLaws(mmd);
