import { describe, expect, test } from 'vitest';
import { meanEstimate } from '../../numerics/statistics/intervals.ts';
import { describeComparisonLaws, independentPair } from '../../testing/comparison-laws.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { twoSampleMmd } from './two-sample-mmd.ts';

describe('two-sample-mmd', () => {
  test('one law: 0 on average, and p-values are not small; a shift: the least p-value there is', async () => {
    const values: number[] = [];
    for (let seed = 0; seed < 60; seed++) {
      values.push((await twoSampleMmd(independentPair(40, 3, 3, seed))).value);
    }
    const { value, standardError } = meanEstimate(values);
    expect(Math.abs(value)).toBeLessThan(4 * standardError);
    const { a, b } = independentPair(60, 3, 3, 1);
    expect((await twoSampleMmd({ a, b })).null?.pValue).toBeGreaterThan(0.02);
    const shifted = { ...b, data: b.data.map((x) => x + 1) };
    expect((await twoSampleMmd({ a, b: shifted })).null?.pValue).toBe(1 / 200);
  });

  test('sets of different sizes', async () => {
    const { value } = await twoSampleMmd({ a: normalMatrix(30, 2, 1), b: normalMatrix(50, 2, 2) });
    expect(value).toSatisfy(Number.isFinite);
  });
});

describeComparisonLaws(twoSampleMmd, { ignores: [] });
