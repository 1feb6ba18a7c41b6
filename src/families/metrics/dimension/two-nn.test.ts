import { describe, expect, test } from 'vitest';
import { gathered, zeros } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { simplex } from '../../../testing/points.ts';
import { greatSphere } from '../../../testing/zoo.ts';
import { twoNn } from './two-nn.ts';

describe('two-nn', () => {
  test.each([2, 8, 20])('reads %i on a sphere of that dimension in R²⁴', async (m) => {
    const points = greatSphere(400, m, 24, Random.fromSeed(m));
    const { value, low = NaN, high = NaN } = await twoNn(points);
    // The interval is of 95 %; half as much again holds it for these seeds.
    expect(low - (value - low) / 2).toBeLessThan(m);
    expect(high + (high - value) / 2).toBeGreaterThan(m);
    expect(Math.abs(value / m - 1)).toBeLessThan(0.15);
  });

  test('outliers far from all others hardly move it', async () => {
    const points = greatSphere(420, 5, 40, Random.fromSeed(3));
    const before = await measuredValue(twoNn, gathered(points, [...Array(400).keys()]));
    for (let i = 400; i < 404; i++) points.data.fill(0, i * 40, (i + 1) * 40);
    for (let i = 400; i < 404; i++) points.data[i * 40 + i - 380] = 1;
    const after = await measuredValue(twoNn, gathered(points, [...Array(404).keys()]));
    expect(Math.abs(after / before - 1)).toBeLessThan(0.1);
  });

  test('under uniform points it is one less than their numbers', async () => {
    const { null: expected } = await twoNn(greatSphere(60, 5, 6, Random.fromSeed(1)));
    expect(expected?.value).toBe(5);
  });

  test('three rows, or copies of one, are refused with a reason', async () => {
    const refused = await twoNn(simplex(2));
    expect(refused.value).toBeNaN();
    expect(refused.warnings).toHaveLength(1);
    const same = zeros(40, 3);
    same.data.fill(1);
    expect((await twoNn(same)).value).toBeNaN();
  });
});

describeMetricLaws(twoNn, { oneDimension: false });
