import { describe, expect, test } from 'vitest';
import { matrix } from '../../../core/matrix.ts';
import { plainTable, sessionOf, studioEngine, threeGroups } from '../../../testing/studio.ts';
import { measure as measured } from '../../verbs/measure.ts';
import type { MeasuredNumber } from './support/examined.ts';

const STAR = plainTable(
  Array.from({ length: 13 }, (_, i) =>
    Array.from({ length: 13 }, (_, c) => Number(c === 0 || c === i)),
  ),
);

describe('measure', () => {
  test('the numbers are those of the verb, each with its null', async () => {
    const table = threeGroups();
    const session = await sessionOf(table);
    const { facts } = await session.do('measure');
    const metrics = facts['metrics'] as readonly MeasuredNumber[];
    const wanted = await measured(table, { engine: await studioEngine() });
    expect(metrics.map(({ id, value, low, high }) => [id, value, low, high])).toEqual(
      wanted.metrics.map(({ id, value, low, high }) => [id, value, low, high]),
    );
    expect(metrics.map((metric) => metric.null)).toEqual(
      wanted.metrics.map((metric) => metric.null),
    );
  });

  test('a reading says where a number stands beside its null', async () => {
    const { facts } = await (await sessionOf(STAR)).do('measure', { metrics: ['largest-hub'] });
    const [hub] = facts['metrics'] as readonly MeasuredNumber[];
    expect(hub.value).toBe(12);
    expect(hub.reading).toBe('12.00, not told apart from the 12.00 of the null.');
  });

  test('numbers that rows have by themselves become fields', async () => {
    const session = await sessionOf(threeGroups());
    const { facts } = await session.do('measure', {
      metrics: ['codensity', 'knn-accuracy'],
      classes: 'group',
    });
    const ids = (facts['fields'] as { id: string }[]).map(({ id }) => id);
    expect(ids).toEqual(
      expect.arrayContaining([
        'codensity',
        'knn-accuracy-own',
        'norm',
        'hub-count',
        'nearest-angle',
      ]),
    );
    const { arrays } = await session.do('field', { field: 'knn-accuracy-own' });
    expect(Math.min(...((arrays?.['values'].data ?? []) as Float64Array))).toBe(1);
  });

  test('a row without a direction is a finding, and the fields of others are theirs', async () => {
    const { points } = threeGroups(30);
    const data = points.data.slice();
    data.fill(0, 6 * 4, 6 * 5);
    const session = await sessionOf({ points: matrix(data, 30, 6) });
    const { facts } = await session.do('measure', { metrics: ['codensity'] });
    expect(facts['findings']).toMatchObject([{ id: 'invalid-rows', rows: [4] }]);
    const { arrays } = await session.do('field', { field: 'norm' });
    const values = arrays?.['values'].data as Float64Array;
    expect(values[4]).toBeNaN();
    expect(values[5]).toBeCloseTo(Math.hypot(...points.data.subarray(30, 36)), 6);
  });

  test('the doctor takes every number', async () => {
    const { facts } = await (await sessionOf(threeGroups(40))).do('measure', { doctor: true });
    expect((facts['metrics'] as unknown[]).length).toBeGreaterThan(40);
  });

  test('the same step gives the same digest', async () => {
    const digests = [];
    for (let run = 0; run < 2; run++) {
      const session = await sessionOf(threeGroups());
      await session.do('measure', { metrics: ['hubness', 'codensity'] });
      digests.push(session.recipe().steps[0].digest);
    }
    expect(digests[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(digests[1]).toBe(digests[0]);
  });

  test('one row has no pairs, and says so', async () => {
    const { facts } = await (await sessionOf(plainTable([[1, 2]]))).do('measure', {
      metrics: ['min-angle'],
    });
    const [{ value, reading }] = facts['metrics'] as readonly MeasuredNumber[];
    expect(value).toBeNull();
    expect(reading).toMatch(/pair|row/);
  });

  test.each([
    [{ metrics: ['hubnes'] }, /all, a group/],
    [{ classes: 'colour' }, /there is no field of table a "colour"/],
    [{ scores: 'group' }, /expected numbers/],
    [{ null: 'normal' }, /one of "uniform"/],
  ])('%j is refused in a sentence', async (parameters, sentence) => {
    await expect((await sessionOf(threeGroups())).do('measure', parameters)).rejects.toThrow(
      sentence,
    );
  });
});

describe('hubs', () => {
  test('the centre of a star is in the list of every arm', async () => {
    const session = await sessionOf(STAR);
    const { facts, arrays } = await session.do('hubs', { k: 1, count: 2 });
    expect(facts['hubs']).toMatchObject([{ row: 0, label: 'row 0', value: 12 }, { value: 1 }]);
    expect(facts['neverFoundCount']).toBe(11);
    expect(arrays?.['hub-count'].data.length).toBe(13);
  });

  test('what helps is a command and data', async () => {
    const { points } = threeGroups(200);
    const { facts } = await (await sessionOf({ points })).do('hubs');
    for (const finding of facts['findings'] as { fix: string; cure: unknown }[])
      expect(finding).toMatchObject({ fix: /tammes disperse a\.npy/, cure: { id: 'disperse' } });
  });
});

describe('duplicates', () => {
  test('copies come in groups, the row that stays first', async () => {
    const { points, labels = [] } = threeGroups(60);
    const data = points.data.slice();
    data.copyWithin(6 * 50, 6 * 5, 6 * 6);
    data.copyWithin(6 * 51, 6 * 9, 6 * 10);
    data.copyWithin(6 * 52, 6 * 9, 6 * 10);
    const session = await sessionOf({ points: matrix(data, 60, 6), labels });
    const { facts } = await session.do('duplicates');
    expect(facts['groups']).toEqual([
      { rows: [9, 51, 52], labels: [labels[9], labels[51], labels[52]] },
      { rows: [5, 50], labels: [labels[5], labels[50]] },
    ]);
    expect(facts['others']).toEqual([51, 52, 50]);
    expect(facts['findings']).toMatchObject([
      { id: 'near-duplicates', cure: { id: 'drop-rows', rows: [51, 52, 50] } },
    ]);
  });

  test('none are none', async () => {
    const { facts } = await (await sessionOf(threeGroups())).do('duplicates');
    expect(facts).toMatchObject({ groups: [], count: 0, others: [], findings: [] });
  });
});

describe('outliers', () => {
  test('the row that lies opposite to all others comes first', async () => {
    const { points } = threeGroups(60);
    const data = points.data.map((x, e) => (e >= 6 * 59 ? -3 : x));
    const { facts } = await (await sessionOf({ points: matrix(data, 60, 6) })).do('outliers', {
      count: 1,
    });
    expect(facts['alone']).toMatchObject([{ row: 59 }]);
    expect(facts['farthest']).toEqual(facts['alone']);
  });
});
