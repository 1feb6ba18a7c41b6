import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matrix } from '../../../core/matrix.ts';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { fromRows, orthoplex, simplex, uniformRows } from '../../../testing/points.ts';
import { effectiveRank } from './effective-rank.ts';

describe('effective-rank', () => {
  test('tight frames have d: an orthonormal basis, the orthoplex, the simplex', async () => {
    const basis = fromRows([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
    expect(await measuredValue(effectiveRank, basis)).toBeCloseTo(3, 13);
    expect(await measuredValue(effectiveRank, orthoplex(7))).toBeCloseTo(7, 12);
    expect(await measuredValue(effectiveRank, simplex(9))).toBeCloseTo(9, 10);
  });

  test('equal, opposite and single rows have exactly 1, in many dimensions too', async () => {
    expect(await measuredValue(effectiveRank, fromRows([[1, 2, 3]]))).toBe(1);
    const data = Float32Array.from({ length: 50 * 200 }, (_, i) => Math.sin((i % 200) + 1));
    for (let i = 0; i < 10_000; i++) if (Math.floor(i / 200) % 2 === 1) data[i] *= -1;
    expect(await measuredValue(effectiveRank, matrix(data, 50, 200))).toBe(1);
    expect(await measuredValue(effectiveRank, matrix(data.slice(0, 2000), 10, 200))).toBe(1);
  });

  test('two directions with a and b rows have singular values √a and √b', async () => {
    const rows = fromRows([...Array(9).fill([1, 0, 0]), ...Array(4).fill([0, 0, 1])]);
    const [p, q] = [3 / 5, 2 / 5];
    const expected = Math.exp(-p * Math.log(p) - q * Math.log(q));
    expect(await measuredValue(effectiveRank, rows)).toBeCloseTo(expected, 13);
  });

  test('is at most min(n, d)', async () => {
    const size = fc.integer({ min: 1, max: 12 });
    await fc.assert(
      fc.asyncProperty(size, size, fc.nat(), async (n, d, seed) => {
        const value = await measuredValue(effectiveRank, uniformRows(n, d, seed));
        expect(value).toBeLessThanOrEqual(Math.min(n, d) + 1e-9);
        expect(value).toBeGreaterThanOrEqual(1 - 1e-12);
      }),
      { numRuns: 30 },
    );
  });

  test('the null of large sets is the limit law: d·exp(−(d − 1)/(8n)) for d ≪ n', async () => {
    const { null: expected } = await effectiveRank(uniformRows(4000, 30, 1));
    expect(expected?.how).toMatch(/Marchenko–Pastur/);
    expect((expected?.value ?? 0) / (30 * Math.exp(-29 / 32_000))).toBeCloseTo(1, 5);
  });
});

describeMetricLaws(effectiveRank);
