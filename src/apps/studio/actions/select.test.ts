import { describe, expect, test } from 'vitest';
import { plainTable, sessionOf, threeGroups } from '../../../testing/studio.ts';

const rowsOf = ({
  arrays,
}: {
  arrays?: Readonly<Record<string, { data: ArrayLike<number> }>> | undefined;
}) => Array.from(arrays?.['rows'].data ?? []);

describe('select', () => {
  test('rows, a condition and another selection, in every way', async () => {
    const session = await sessionOf(threeGroups(9));
    expect(rowsOf(await session.do('select', { where: 'group = "red"' }))).toEqual([0, 3, 6]);
    expect(rowsOf(await session.do('select', { rows: [8, 1], how: 'add' }))).toEqual([
      0, 1, 3, 6, 8,
    ]);
    expect(rowsOf(await session.do('select', { where: 'size < 2', how: 'remove' }))).toEqual([
      3, 6, 8,
    ]);
    expect(rowsOf(await session.do('select', { rows: [6, 7], how: 'keep' }))).toEqual([6]);
    expect(
      rowsOf(await session.do('select', { name: 'rest', selection: 'selection', how: 'invert' })),
    ).toEqual([0, 1, 2, 3, 4, 5, 7, 8]);
    expect(session.info.selections).toEqual([
      { name: 'selection', table: 'a', count: 1 },
      { name: 'rest', table: 'a', count: 8 },
    ]);
  });

  test('nothing chosen gives it up, undo brings it back', async () => {
    const session = await sessionOf(threeGroups(9));
    await session.do('select', { rows: [1] });
    await session.do('select');
    expect(session.info.selections).toEqual([]);
    session.undo();
    expect((await session.do('selection')).facts).toEqual({
      selection: { name: 'selection', table: 'a', count: 1 },
      labels: ['green 1'],
    });
  });

  test.each([
    [{ rows: [9] }, 'select: there is no row 9 in table a; its 9 rows count from 0.'],
    [{ rows: [1], where: 'size < 2' }, /left out where there is rows/],
    [
      { where: 'colour = "red"' },
      /"colour" at character 1 is no column; the columns are "label", "group", "size"/,
    ],
    [{ where: 'size <' }, /filter/],
    [{ selection: 'mine' }, 'select: there is no selection "mine"; there are: none.'],
  ])('%j is refused in a sentence', async (parameters, sentence) => {
    await expect((await sessionOf(threeGroups(9))).do('select', parameters)).rejects.toThrow(
      sentence,
    );
  });
});

describe('filter and facets', () => {
  test('a measured field can be asked like a column, and so can the label', async () => {
    const session = await sessionOf(threeGroups(30));
    await session.do('hubs', { k: 1 });
    const { facts, arrays } = await session.do('filter', {
      where: '"hub-count" >= 0 and label contains "blue"',
    });
    expect(facts).toMatchObject({ count: 10, of: 30 });
    expect(arrays?.['rows'].data[0]).toBe(2);
  });

  test('times are asked as they are written', async () => {
    const table = {
      ...plainTable([[1], [2], [3]]),
      columns: { day: ['2024-01-31', '2024-02-01', ''] },
    };
    const session = await sessionOf(table);
    expect(rowsOf(await session.do('filter', { where: 'day >= "2024-02"' }))).toEqual([1]);
    const { facts } = await session.do('facets', { bins: 2 });
    expect(facts['facets']).toMatchObject([
      { id: 'day', kind: 'time', missing: 1, counts: [1, 1] },
    ]);
  });

  test('a histogram counts all rows and the chosen ones in the same bars', async () => {
    const { facts } = await (await sessionOf(threeGroups(12))).do('facets', {
      where: 'group = "red"',
      bins: 2,
    });
    expect(facts).toMatchObject({ count: 4, of: 12 });
    expect(facts['facets']).toEqual([
      {
        id: 'group',
        title: 'group',
        kind: 'category',
        missing: 0,
        categories: [
          { name: 'blue', count: 0, all: 4 },
          { name: 'green', count: 0, all: 4 },
          { name: 'red', count: 4, all: 4 },
        ],
        more: 0,
      },
      {
        id: 'size',
        title: 'size',
        kind: 'number',
        missing: 0,
        edges: [0, 5.5, 11],
        counts: [2, 2],
        all: [6, 6],
      },
    ]);
  });

  test('values that are all the same are one bar, none are none', async () => {
    const columns = { same: Float64Array.of(2, 2), none: Float64Array.of(Number.NaN, Number.NaN) };
    const { facts } = await (await sessionOf({ ...plainTable([[1], [2]]), columns })).do('facets');
    expect(facts['facets']).toMatchObject([
      { edges: [2, 2], counts: [2] },
      { edges: [], counts: [], missing: 2 },
    ]);
  });
});
