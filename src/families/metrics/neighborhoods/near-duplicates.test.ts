import { describe, expect, test } from 'vitest';
import { copied, gathered, matrix, zeros64 } from '../../../core/matrix.ts';
import { describeMetricLaws } from '../../../testing/metric-laws.ts';
import { simplex, uniformRows } from '../../../testing/points.ts';
import { nearDuplicates } from './near-duplicates.ts';

describe('near-duplicates', () => {
  test('finds planted copies and near-copies, the largest group first', async () => {
    const points = uniformRows(60, 20, 1);
    const planted = copied(gathered(points, [...Array(60).keys(), 5, 9, 9]));
    // Row 60, a copy of 5, is turned by about a third of a degree.
    planted.data[60 * 20] += 0.005;
    const { value, rows, table, series } = await nearDuplicates(planted);
    expect(value).toBe(2);
    expect(rows).toEqual([61, 62, 60]);
    expect(series?.y).toEqual([3, 2]);
    expect(table).toEqual([{ angle: 1, rows: 5 }]);
  });

  test('thirty copies of one row are one group, with lists of ten', async () => {
    const points = gathered(uniformRows(40, 8, 3), [...Array(40).keys(), ...Array(30).fill(7)]);
    const { value, rows } = await nearDuplicates(points);
    expect(value).toBe(1);
    expect(rows).toHaveLength(30);
  });

  test('dense uniform points of the sphere have none, for their closest pair is no surprise', async () => {
    const {
      value,
      table: [{ angle: threshold }] = [{}],
      null: expected,
    } = await nearDuplicates(uniformRows(400, 3, 2));
    expect(value).toBe(0);
    // n(n−1)/2 · sin²(θ/2) = 10⁻³.
    const angle = (360 / Math.PI) * Math.asin(Math.sqrt(2e-3 / (400 * 399)));
    expect(Number(threshold) / angle).toBeCloseTo(1, 9);
    expect(expected?.value).toBeCloseTo(1e-3, 9);
  });

  test('a dense sheet has none, and copies planted in it are found', async () => {
    const sphere = uniformRows(1500, 3, 4);
    const sheet = zeros64(1500, 20);
    for (let i = 0; i < 1500; i++) sheet.data.set(sphere.data.subarray(3 * i, 3 * i + 3), 20 * i);
    const { value, table: [{ angle }] = [{}] } = await nearDuplicates(sheet);
    expect(value).toBe(0);
    // Even the closest of 1.1 million pairs: n²/2 · θ²/4 = 0.02/2 on a sphere of R³.
    const wanted = (180 / Math.PI) * Math.sqrt((4 * 0.02) / 1500 ** 2);
    expect(Number(angle) / wanted).toBeGreaterThan(0.5);
    expect(Number(angle) / wanted).toBeLessThan(2);
    sheet.data.copyWithin(20 * 7, 0, 20);
    expect(await nearDuplicates(sheet)).toMatchObject({ value: 1, rows: [7] });
  });

  test('families of eight near-copies are found', async () => {
    const centers = uniformRows(60, 12, 1);
    const data = Float64Array.from({ length: 480 * 12 }, (_, e) => {
      const center = Math.floor(e / (8 * 12));
      return centers.data[center * 12 + (e % 12)] + 1e-3 * Math.sin(e * e);
    });
    expect((await nearDuplicates(matrix(data, 480, 12))).value).toBe(60);
  });

  test('a simplex has none', async () => {
    expect((await nearDuplicates(simplex(5))).value).toBe(0);
  });
});

describeMetricLaws(nearDuplicates);
