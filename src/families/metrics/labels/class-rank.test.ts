import { describe, expect, test } from 'vitest';
import { classesInTurn, classRows } from '../../../testing/classes.ts';
import { describeMetricLaws } from '../../../testing/metric-laws.ts';
import { fromRows, orthoplex } from '../../../testing/points.ts';
import { participationRatio } from '../rank/participation-ratio.ts';
import { classRank } from './class-rank.ts';

describe('class-rank', () => {
  test('is the mean of the participation ratios of the classes, one by one', async () => {
    const points = classRows(60, 5, 3, 0.3, 1);
    const ratios = await Promise.all(
      [0, 1, 2].map(async (c) => {
        const rows = Array.from({ length: 20 }, (_, i) => 3 * i + c);
        const part = fromRows(rows.map((i) => [...points.data.subarray(5 * i, 5 * i + 5)]));
        return (await participationRatio(part)).value;
      }),
    );
    const { value, series } = await classRank(points, {}, classesInTurn(3)(60));
    expect(value).toBeCloseTo((ratios[0] + ratios[1] + ratios[2]) / 3, 10);
    for (const c of [0, 1, 2]) expect(series?.y[c]).toBeCloseTo(ratios[c], 10);
  });

  test('wide classes too: fewer rows than dimensions', async () => {
    const wide = fromRows(
      Array.from({ length: 12 }, (_, i) => [
        ...orthoplex(6).data.subarray(6 * i, 6 * i + 6),
        ...Array<number>(30).fill(0),
      ]),
    );
    const classes = Array.from({ length: 12 }, (_, i) => (i < 6 ? 'a' : 'b'));
    expect((await classRank(wide, {}, { classes })).value).toBeCloseTo(3, 10);
  });

  test('one class that counts has a number and no law of shuffled classes', async () => {
    const points = classRows(12, 5, 3, 0.3, 1);
    const classes = Array.from({ length: 12 }, (_, i) => (i < 8 ? 'many' : `${i}`));
    const { value, null: law } = await classRank(points, {}, { classes });
    expect(value).toBeGreaterThan(1);
    expect(law).toBeUndefined();
  });

  test('a class whose rows are all equal is named', async () => {
    const points = classRows(60, 5, 3, 0.3, 1);
    for (let i = 1; i < 60; i += 3) points.data.set([0, 1, 0, 0, 0], 5 * i);
    const { warnings } = await classRank(points, {}, classesInTurn(3)(60));
    expect(warnings[0]).toBe('all rows are equal in 1.');
  });

  test('classes that are points each have 0, and it is said; classes of two rows have none', async () => {
    const points = classRows(60, 5, 3, 0.3, 1);
    for (let i = 3; i < 60; i++) points.data.copyWithin(5 * i, 5 * (i % 3), 5 * (i % 3) + 5);
    const { value, low, warnings } = await classRank(points, {}, classesInTurn(3)(60));
    expect([value, low]).toEqual([0, undefined]);
    expect(warnings).toEqual([expect.stringContaining('the classes have collapsed.')]);
    expect((await classRank(points, {}, classesInTurn(30)(60))).value).toBeNaN();
  });

  test('with fewer than 10 rows a class there is no interval', async () => {
    const found = await classRank(classRows(24, 5, 3, 0.3, 1), {}, classesInTurn(3)(24));
    expect(found.value).toBeGreaterThan(1);
    expect(found).not.toHaveProperty('low');
  });
});

describeMetricLaws(classRank, { facts: classesInTurn(3), oneDimension: false });
