import { describe, expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { fromRows, uniformRows } from '../../../testing/points.ts';
import { excess, uniformPValues } from '../../../testing/test-laws.ts';
import { gineTest } from './gine-test.ts';
import { sobolevLaw } from './support/sobolev-law.ts';

describe('gine-test', () => {
  test('two rows of R³ at the angle θ have 3 − (2/π)(θ + sin θ)', async () => {
    for (const theta of [0.3, 1, 2.5]) {
      const rows = fromRows([
        [1, 0, 0],
        [Math.cos(theta), Math.sin(theta), 0],
      ]);
      const expected = 3 - (2 / Math.PI) * (theta + Math.sin(theta));
      expect(await measuredValue(gineTest, rows)).toBeCloseTo(expected, 6);
    }
  });

  test('the mean of its kernel is that of F_n = 3/2: E(4θ/π + g sin θ) = 3', () => {
    for (const d of [2, 3, 10, 300]) {
      const g = ((d - 1) / 2) * Math.exp(2 * logGammaRatio(d));
      const { mean } = sobolevLaw((t) => (4 / Math.PI) * t + g * Math.sin(t), d);
      expect(mean).toBeCloseTo(3, 9);
    }
  });

  test('the kernel ⟨x, y⟩ has variance 1/d and the skewness of χ², √(8/d)', () => {
    for (const d of [2, 3, 17]) {
      const { mean, variance, skewness } = sobolevLaw(Math.cos, d);
      expect(mean).toBeCloseTo(0, 12);
      expect(variance).toBeCloseTo(1 / d, 10);
      expect(skewness).toBeCloseTo(Math.sqrt(8 / d), 8);
    }
  });

  test.each([
    [40, 3],
    [60, 20],
  ] as const)('n = %i, d = %i: a share p of uniform sets has a p-value below p', async (n, d) => {
    const values = await uniformPValues(gineTest, [n, d], 300);
    for (const p of [0.05, 0.5]) expect(Math.abs(excess(values, p))).toBeLessThan(4);
  });

  test('95 % of uniform sets lie in the interval of the null law, as many below as above', async () => {
    const random = Random.fromSeed(5);
    let [below, above] = [0, 0];
    for (let r = 0; r < 400; r++) {
      const { value, null: law } = await gineTest(uniformRows(40, 3, random.fork(r)));
      if (value < (law?.low ?? NaN)) below += 1;
      if (value > (law?.high ?? NaN)) above += 1;
    }
    // Binomial, 10 of 400 on either side with a standard error of 3.1.
    expect(Math.abs(below - 10)).toBeLessThan(4 * 3.1);
    expect(Math.abs(above - 10)).toBeLessThan(4 * 3.1);
  });

  test('a common direction and opposite clusters are both found', async () => {
    const points = uniformRows(200, 5, 1);
    for (let i = 0; i < 200; i++) points.data[5 * i] += i % 2 === 0 ? 1.5 : -1.5;
    expect((await gineTest(points)).null?.pValue).toBeLessThan(1e-6);
    for (let i = 1; i < 200; i += 2) points.data[5 * i] += 3;
    expect((await gineTest(points)).null?.pValue).toBeLessThan(1e-6);
  });

  test('of many rows a sample is tested, and it says so', async () => {
    const { warnings } = await gineTest(uniformRows(2100, 2, 1));
    expect(warnings).toEqual(['tests a sample of 2000 of the 2100 rows.']);
  });
});

/** ln Γ((d−1)/2) − ln Γ(d/2), by the recurrence from d = 2 and 3. */
function logGammaRatio(d: number): number {
  let value = d % 2 === 0 ? Math.log(Math.sqrt(Math.PI)) : Math.log(2 / Math.sqrt(Math.PI));
  for (let k = d % 2 === 0 ? 2 : 3; k < d; k += 2) value += Math.log((k - 1) / k);
  return value;
}

describeMetricLaws(gineTest, { oneDimension: false });
