import { describe, expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import { plainTable, sessionOf, threeGroups } from '../../../testing/studio.ts';

const GROUPS = threeGroups(90);
const isRed = (label: string) => label.startsWith('red');

describe('describe', () => {
  test('a group is told by its category, its word, and lies apart', async () => {
    const { facts } = await (await sessionOf(GROUPS)).do('describe', { where: 'group = "red"' });
    expect(facts).toMatchObject({ count: 30, of: 90 });
    expect(facts['categories']).toMatchObject([
      {
        field: 'group',
        category: 'red',
        inside: { value: 1 },
        outside: { value: 0 },
        difference: { value: 1 },
      },
      { category: 'blue', difference: { value: -0.5 } },
      { category: 'green', difference: { value: -0.5 } },
    ]);
    expect(facts['words']).toMatchObject([{ word: 'red', inside: 30, outside: 0 }]);
    const apart = facts['apart'] as { low: number; null: { high: number } };
    expect(apart.low).toBeGreaterThan(apart.null.high);
    expect((facts['typical'] as { label: string }[]).every(({ label }) => isRed(label))).toBe(true);
    expect(facts['sentence']).toBe(
      'These rows are more often group red, with the words red. They lie together, apart from the others.',
    );
  });

  test('a number that is larger in these rows is told by the area under the curve', async () => {
    const { facts } = await (await sessionOf(GROUPS)).do('describe', { where: 'size >= 60' });
    expect(facts['numbers']).toMatchObject([
      { field: 'size', insideMean: 74.5, outsideMean: 29.5, area: { value: 1, high: 1 } },
    ]);
    expect((facts['numbers'] as { area: { low: number } }[])[0].area.low).toBeLessThan(1);
  });

  test('random rows are like the others', async () => {
    const random = Random.fromSeed(3);
    const rows = [...random.sample(90, 20)];
    const table = {
      ...GROUPS,
      columns: { noise: Float64Array.from({ length: 90 }, () => random.normal()) },
    };
    const { facts } = await (await sessionOf(table)).do('describe', { rows });
    expect(facts).toMatchObject({ words: [] });
    expect(facts['sentence']).toContain('no more than random rows do');
  });

  test('the axis to these rows has them at its end, also those that it was not fitted to', async () => {
    const { facts } = await (await sessionOf(GROUPS)).do('describe', {
      where: 'group = "red"',
      axis: true,
    });
    const { each, heldOut } = facts['axis'] as {
      each: { top: { label: string }[]; bottom: { label: string }[] }[];
      heldOut: { spearman: { value: number } };
    };
    expect(each[0].top.every(({ label }) => isRed(label))).toBe(true);
    expect(each[0].bottom.some(({ label }) => isRed(label))).toBe(false);
    // The most that two classes of 30 and 60 rows can have.
    expect(heldOut.spearman.value).toBeGreaterThan(0.8);
  });

  test.each([
    [{}, /choose some of the 90 rows, not none/],
    [{ where: 'size >= 0' }, /not 90/],
    [{ rows: [] }, /not 0/],
  ])('%j is refused in a sentence', async (parameters, sentence) => {
    await expect((await sessionOf(GROUPS)).do('describe', parameters)).rejects.toThrow(sentence);
  });
});

describe('clusters', () => {
  test('three groups are found, named by their words, and are clusters beyond chance', async () => {
    const session = await sessionOf(GROUPS);
    const { facts } = await session.do('clusters', { k: 3 });
    const found = facts['clusters'] as { label: string; count: number; name: string }[];
    expect(found.map(({ label, count }) => `${label} ${count}`).toSorted()).toEqual([
      'blue 30',
      'green 30',
      'red 30',
    ]);
    const { value, null: law } = facts['silhouette'] as { value: number; null: { value: number } };
    expect(value).toBeGreaterThan(law.value + 0.3);
    const { facts: column } = await session.do('field', { field: 'cluster' });
    const names = column['texts'] as string[];
    expect(new Set(names.filter((_, row) => row % 3 === 0)).size).toBe(1);
  });

  test('without words a cluster is called by its most typical rows', async () => {
    const table = { ...GROUPS, labels: GROUPS.labels?.map((_, row) => `w${row}`), columns: {} };
    const { facts } = await (await sessionOf(table)).do('clusters', { k: 3 });
    const [first] = facts['clusters'] as { label: string; typical: { label: string }[] }[];
    expect(first.label).toBe(first.typical.map(({ label }) => label).join(', '));
  });

  test('more clusters than rows are as many as rows differ', async () => {
    const session = await sessionOf(
      plainTable([
        [1, 0],
        [1, 0],
        [0, 1],
      ]),
    );
    const { facts } = await session.do('clusters', { k: 9 });
    expect(facts['clusters']).toHaveLength(2);
  });

  test('a single row is one cluster without a silhouette', async () => {
    const { facts } = await (await sessionOf(plainTable([[1, 0]]))).do('clusters');
    expect(facts).toMatchObject({ clusters: [{ count: 1 }], silhouette: null });
  });
});

describe('labels', () => {
  test('regions are named at two levels, where there are points', async () => {
    const session = await sessionOf(GROUPS);
    await session.do('map', { quality: false });
    const { facts, arrays } = await session.do('labels');
    const found = facts['labels'] as { text: string; level: number; row: number }[];
    expect(new Set(found.map(({ text }) => text)).size).toBe(found.length);
    const { data } = session.state.maps.get('pca')?.points ?? { data: new Float32Array() };
    const [{ row }] = found;
    expect([...(arrays?.['positions'].data.subarray(0, 2) ?? [])]).toEqual([
      data[2 * row],
      data[2 * row + 1],
    ]);
  });

  test('the categories of a field', async () => {
    const session = await sessionOf(GROUPS);
    await session.do('map', { quality: false });
    const { facts } = await session.do('labels', { field: 'group' });
    expect(facts['labels']).toMatchObject([
      { text: 'blue', level: 0, count: 30 },
      { text: 'green', level: 0, count: 30 },
      { text: 'red', level: 0, count: 30 },
    ]);
  });
});
