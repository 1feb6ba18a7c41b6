import { describe, expect, test } from 'vitest';
import { gathered, zeros } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { simplex } from '../../../testing/points.ts';
import { greatSphere } from '../../../testing/zoo.ts';
import { localTwoNn } from './local-two-nn.ts';
import { twoNn } from './two-nn.ts';

/** The local dimension of each row. */
async function localDimensions(...given: Parameters<typeof localTwoNn>): Promise<Float64Array> {
  const { perRow: { value = new Float64Array() } = {} } = await localTwoNn(...given);
  return value;
}

describe('local-two-nn', () => {
  test.each([2, 5, 10])('reads %i on a sphere of that dimension in R²⁴', async (m) => {
    const points = greatSphere(600, m, 24, Random.fromSeed(m));
    const { value, low = NaN, high = NaN, table } = await localTwoNn(points, { k: 64 });
    // The interval is of 95 %; half as much again holds it for these seeds.
    expect(low - (value - low) / 2).toBeLessThan(m);
    expect(high + (high - value) / 2).toBeGreaterThan(m);
    expect(Math.abs(value / m - 1)).toBeLessThan(0.15);
    // Seen from within, patches have an edge: the plain number is lower.
    expect(table?.[0]['mean as published']).toBeLessThan(m);
  });

  test('each row has the dimension of its own part; one number for all lies between', async () => {
    const points = zeros(800, 24);
    points.data.set(greatSphere(400, 2, 24, Random.fromSeed(1)).data);
    const wide = greatSphere(400, 10, 24, Random.fromSeed(2));
    // On axes of its own.
    for (let i = 0; i < 400; i++) {
      for (let c = 0; c < 11; c++) points.data[(400 + i) * 24 + 12 + c] = wide.data[i * 24 + c];
    }
    const local = await localDimensions(points, { k: 64 });
    const [low, high] = [local.subarray(0, 400), local.subarray(400)];
    expect(Math.max(...low)).toBeLessThan(Math.min(...high));
    const global = await measuredValue(twoNn, points);
    expect(global).toBeGreaterThan(Math.max(...low));
    expect(global).toBeLessThan(high.reduce((a, b) => a + b, 0) / 400);
  });

  test('copies of every row change nothing', async () => {
    const points = greatSphere(60, 4, 8, Random.fromSeed(3));
    const twice = gathered(points, [...Array(60).keys(), ...Array(60).keys()]);
    const options = { k: 20 };
    const once = await localDimensions(points, options);
    const doubled = await localDimensions(twice, options);
    // Read for 120 rows in place of 60, which have more room: by a little.
    for (const [i, x] of once.entries()) {
      expect(Math.abs(doubled[i] / x - 1)).toBeLessThan(0.1);
      expect(doubled[i + 60]).toBe(doubled[i]);
    }
  });

  test('of many rows a few have a patch, all where nothing is to be sampled', async () => {
    const points = greatSphere(220, 2, 170, Random.fromSeed(4));
    const known = (values: Float64Array) => values.filter((x) => !Number.isNaN(x)).length;
    const some = await localDimensions(points, { k: 110 }, { seed: 1 });
    expect(known(some)).toBe(200);
    const all = await localDimensions(points, { k: 110 }, { seed: 1, exact: true });
    expect(known(all)).toBe(220);
    some.forEach((x, i) => {
      if (!Number.isNaN(x)) expect(all[i]).toBe(x);
    });
  });

  test('under uniform points it is one less than their numbers', async () => {
    const points = greatSphere(200, 5, 6, Random.fromSeed(1));
    const { value, null: expected } = await localTwoNn(points, { k: 40 });
    expect(expected?.value).toBe(5);
    expect(expected?.low).toBeLessThan(value);
    expect(expected?.high).toBeGreaterThan(value);
  });

  test('three rows, or copies of one, are refused with a reason', async () => {
    const refused = await localTwoNn(simplex(2));
    expect(refused.value).toBeNaN();
    expect(refused.warnings).toHaveLength(1);
    const same = zeros(40, 3);
    same.data.fill(1);
    expect((await localTwoNn(same)).value).toBeNaN();
  });
});

describeMetricLaws(localTwoNn, { oneDimension: false });
