import { describe, expect, test } from 'vitest';
import { copied, gathered, matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { referenceEngine } from '../../../engine/reference.ts';
import { describeMetricLaws, measuredValue } from '../../../testing/metric-laws.ts';
import { fromRows, orthoplex, uniformRows } from '../../../testing/points.ts';
import { createSpace } from '../index.ts';
import { effectiveRank } from './effective-rank.ts';
import { rankme } from './rankme.ts';

const DEFAULTS = { epsilon: 1e-7, center: false };

const value = async (rows: readonly (readonly number[])[], options = {}) =>
  (await rankme(fromRows(rows), options, { engine: referenceEngine })).value;

describe('rankme', () => {
  test('n orthogonal rows of one length have n, rows along one line 1', async () => {
    expect(
      await value([
        [2, 0, 0],
        [0, 2, 0],
        [0, 0, 2],
      ]),
    ).toBeCloseTo(3, 5); // prettier-ignore
    expect(await measuredValue(rankme, orthoplex(7))).toBeCloseTo(7, 5);
    expect(
      await value([
        [1, 2, 3],
        [-2, -4, -6],
        [5, 10, 15],
      ]),
    ).toBeCloseTo(1, 4); // prettier-ignore
  });

  test('takes rows as they came: singular values 3 and 1 have the shares 3/4 and 1/4', async () => {
    const expected = Math.exp(-0.75 * Math.log(0.75) - 0.25 * Math.log(0.25));
    const rows = [
      [3, 0],
      [0, 1],
    ];
    expect(await value(rows, { epsilon: 0 })).toBeCloseTo(expected, 13);
    expect(await value(rows)).toBeCloseTo(expected, 6);
    expect(await measuredValue(effectiveRank, fromRows(rows))).toBeCloseTo(2, 12);
  });

  test('ε is added to every share, to those of nothing as well', async () => {
    const [p, e] = [1.001, 0.001];
    const expected = Math.exp(-p * Math.log(p) - e * Math.log(e));
    expect(
      await value(
        [
          [1, 0],
          [2, 0],
        ],
        { epsilon: 0.001 },
      ),
    ).toBeCloseTo(expected, 12);
  });

  test('the scale of the whole does not matter', async () => {
    const points = uniformRows(40, 6, 3);
    for (let i = 0; i < points.data.length; i++) points.data[i] *= 1 + (Math.floor(i / 6) % 5);
    const scaled = copied(points);
    for (let i = 0; i < scaled.data.length; i++) scaled.data[i] *= 1e-6;
    expect(await measuredValue(rankme, scaled)).toBeCloseTo(await measuredValue(rankme, points), 9);
  });

  test('centred rows leave their common direction out', async () => {
    const rows = [...Array(20).keys()].map((i) => [100, Math.cos(i), Math.sin(3 * i + 1)]);
    expect(await value(rows)).toBeLessThan(1.1);
    expect(await value(rows, { center: true })).toBeGreaterThan(1.9);
  });

  test('a fifth of the rows says the same within 2 %, as the paper’s sample does', async () => {
    const n = 10_000;
    const random = Random.fromSeed(4);
    const data = Float32Array.from({ length: n * 12 }, (_, i) => random.normal() / (1 + (i % 12)));
    const points = matrix(data, n, 12);
    const all = await measuredValue(rankme, points);
    const some = await measuredValue(rankme, gathered(points, random.sample(n, 2000)));
    expect(Math.abs(some / all - 1)).toBeLessThan(0.02);
  });

  test('the interval holds the value of many rows in 95 of 100 sets, within 4 standard errors', async () => {
    const random = Random.fromSeed(7);
    const rows = (n: number, stream: Random) =>
      matrix(
        Float64Array.from({ length: n * 5 }, (_, i) => stream.normal() * 0.6 ** (i % 5)),
        n,
        5,
      );
    const truth = await measuredValue(rankme, rows(100_000, random.fork('truth')));
    let covered = 0;
    for (let r = 0; r < 100; r++) {
      const space = createSpace(rows(400, random.fork(r)), referenceEngine);
      const { low = NaN, high = NaN } = await rankme.measure(space, DEFAULTS);
      if (low <= truth && truth <= high) covered += 1;
    }
    expect(covered).toBeGreaterThanOrEqual(95 - 4 * 2.2);
  });

  test('the null keeps the lengths: it is met by random directions with a few long rows', async () => {
    const points = uniformRows(60, 8, 2);
    for (let i = 0; i < points.data.length; i++) points.data[i] *= i < 16 ? 20 : 1;
    const { value: found, null: expected } = await rankme(points);
    const { low = NaN, high = NaN, value: mean = NaN, how } = expected ?? {};
    expect(how).toContain('with the rows’ lengths');
    expect([low < found, found < high, mean < 6]).toEqual([true, true, true]);
  });

  test('the null of many rows is the limit law of as many rows as theirs are worth', async () => {
    const points = uniformRows(4000, 30, 1);
    for (let i = 0; i < points.data.length; i++) points.data[i] *= 1 + (Math.floor(i / 30) % 3);
    const { value: found, null: expected } = await rankme(points);
    expect(expected?.how).toContain('Marchenko–Pastur');
    expect((expected?.value ?? NaN) / found).toBeCloseTo(1, 3);
  });
});

describeMetricLaws(rankme, { lengths: false });
