import { describe, expect, test } from 'vitest';
import { gathered, zeros } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { fromRows, simplex } from '../../../testing/points.ts';
import { flatTorus, greatSphere } from '../../../testing/zoo.ts';
import { abidDimension } from './abid-dimension.ts';

describe('abid-dimension', () => {
  test.each([2, 8, 20])('reads %i on a sphere of that dimension in R²⁴', async (m) => {
    const points = greatSphere(400, m, 24, Random.fromSeed(m));
    const { value, low = NaN, high = NaN } = await abidDimension(points);
    // The interval is of 95 %; half as much again holds it for these seeds.
    expect(low - (value - low) / 2).toBeLessThan(m);
    expect(high + (high - value) / 2).toBeGreaterThan(m);
    expect(Math.abs(value / m - 1)).toBeLessThan(0.15);
  });

  test('one row of each unit vector has no finite dimension, and no other warning', async () => {
    const unit = Array.from({ length: 33 }, (_, i) =>
      Array.from({ length: 33 }, (_, c) => (c === i ? 7 : 0)),
    );
    const { warnings } = await abidDimension(fromRows(unit));
    expect(warnings).toEqual(['no finite dimension has neighbours so evenly apart.']);
  });

  test('reads a ball, whose rows all see its edge in many dimensions, as it is', async () => {
    const random = Random.fromSeed(8);
    const ball = Array.from({ length: 400 }, () => {
      const row = Array.from({ length: 20 }, () => random.normal());
      const scale = (0.3 * random.uniform() ** (1 / 20)) / Math.hypot(...row);
      return [...row.map((x) => scale * x), 1];
    });
    expect(Math.abs((await measuredValue(abidDimension, fromRows(ball))) / 20 - 1)).toBeLessThan(
      0.1,
    );
  });

  test('outliers far from all others hardly move it', async () => {
    const points = greatSphere(420, 5, 40, Random.fromSeed(3));
    const before = await measuredValue(abidDimension, gathered(points, [...Array(400).keys()]));
    for (let i = 400; i < 404; i++) points.data.fill(0, i * 40, (i + 1) * 40);
    for (let i = 400; i < 404; i++) points.data[i * 40 + i - 380] = 1;
    const after = await measuredValue(abidDimension, gathered(points, [...Array(404).keys()]));
    expect(Math.abs(after / before - 1)).toBeLessThan(0.1);
  });

  test('a flat torus of dimension 4 reads too high, and the warning says by how much', async () => {
    const {
      value,
      table = [],
      warnings,
    } = await abidDimension(flatTorus(400, 4, Random.fromSeed(2)));
    expect(value).toBeGreaterThan(6);
    expect(warnings[0]).toMatch(/^depends on the size of the neighbourhoods/);
    const { dimension } = table[2];
    expect(Math.abs(Number(dimension) - 4)).toBeLessThan(0.8);
    const straight = await abidDimension(greatSphere(400, 4, 8, Random.fromSeed(2)));
    expect(straight.warnings).toEqual([]);
  });

  test('under uniform points it is one less than their numbers', async () => {
    const { null: expected } = await abidDimension(greatSphere(60, 5, 6, Random.fromSeed(1)));
    expect(expected?.value).toBe(5);
  });

  test('three rows, or copies of one, are refused with a reason', async () => {
    const refused = await abidDimension(simplex(2));
    expect(refused.value).toBeNaN();
    expect(refused.warnings).toHaveLength(1);
    const same = zeros(40, 3);
    same.data.fill(1);
    expect((await abidDimension(same)).value).toBeNaN();
  });
});

describeMetricLaws(abidDimension, { oneDimension: false });
