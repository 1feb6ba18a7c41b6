import { describe, expect, test } from 'vitest';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { fromRows, orthoplex, uniformRows } from '../../../testing/points.ts';
import { excess, uniformPValues } from '../../../testing/test-laws.ts';
import { rayleighTest } from './rayleigh-test.ts';

describe('rayleigh-test', () => {
  test('rows that cancel have 0, and a p-value of 1', async () => {
    const { value, null: expected } = await rayleighTest(orthoplex(4));
    expect(value).toBe(0);
    expect(expected?.pValue).toBe(1);
  });

  test('n equal rows have S = nd and S* = nd(1 − 1/2n) + nd²/(2(d + 2))', async () => {
    const rows = fromRows(Array(10).fill([1, 2, 2]));
    const expected = 30 * (1 - 1 / 20) + 900 / (20 * 5);
    expect(await measuredValue(rayleighTest, rows)).toBeCloseTo(expected, 10);
    expect((await rayleighTest(rows)).null?.pValue).toBeLessThan(1e-6);
  });

  test.each([
    [40, 3],
    [60, 20],
  ] as const)('n = %i, d = %i: a share p of uniform sets has a p-value below p', async (n, d) => {
    const values = await uniformPValues(rayleighTest, [n, d], 400);
    for (const p of [0.05, 0.5]) expect(Math.abs(excess(values, p))).toBeLessThan(4);
  });

  test('a common direction is found, two opposite clusters are not', async () => {
    const points = uniformRows(200, 5, 1);
    for (let i = 0; i < 200; i++) points.data[5 * i] += i % 2 === 0 ? 1 : -1;
    expect((await rayleighTest(points)).null?.pValue).toBeGreaterThan(0.01);
    for (let i = 1; i < 200; i += 2) points.data[5 * i] += 2;
    expect((await rayleighTest(points)).null?.pValue).toBeLessThan(1e-6);
  });
});

describeMetricLaws(rayleighTest);
