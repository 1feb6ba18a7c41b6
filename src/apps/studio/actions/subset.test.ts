import { describe, expect, test } from 'vitest';
import { plainTable, sessionOf, threeGroups } from '../../../testing/studio.ts';

const gaps = plainTable([
  [1, 0],
  [Number.NaN, 1],
  [0, 1],
  [1, 1],
  [1, Number.POSITIVE_INFINITY],
]);

describe('subset', () => {
  test('rows without numbers throughout are left out, and the rest can be mapped', async () => {
    const session = await sessionOf(gaps);
    await expect(session.do('map', { method: 'pca' })).rejects.toThrow('row 1, column 0 is NaN');
    const { facts, arrays } = await session.do('subset');
    expect(facts).toEqual({ table: 'a-part', rows: 3, of: 5, leftOut: 2 });
    expect([...(arrays?.['rows'].data ?? [])]).toEqual([0, 2, 3]);
    expect(session.info.tables.map(({ id, name, rows }) => [id, name, rows])).toEqual([
      ['a', 'a.npy', 5],
      ['a-part', 'a.npy, 3 of 5 rows', 3],
    ]);
    await session.do('map', { table: 'a-part', method: 'pca' });
    await session.undo();
    await session.undo();
    expect(session.info.tables).toHaveLength(1);
  });

  test('a condition keeps labels and columns with their rows', async () => {
    const session = await sessionOf(threeGroups(9));
    await session.do('subset', { where: 'group = "green" and size < 6' });
    const { facts } = await session.do('rows', { table: 'a-part', rows: [0, 1] });
    expect(facts['rows']).toMatchObject([
      { label: 'green 1', values: { group: 'green', size: 1 } },
      { label: 'green 4', values: { group: 'green', size: 4 } },
    ]);
  });

  test('rows with gaps stay where they are asked for', async () => {
    const session = await sessionOf(gaps);
    const { facts } = await session.do('subset', { rows: [1, 2], complete: false });
    expect(facts).toMatchObject({ rows: 2, leftOut: 0 });
  });

  test('nothing left is a sentence', async () => {
    const session = await sessionOf(gaps);
    await expect(session.do('subset', { rows: [1, 4] })).rejects.toThrow(
      'subset: none of the 2 rows has finite numbers throughout.',
    );
    await expect(session.do('subset', { rows: [] })).rejects.toThrow('subset: no row was chosen.');
    await expect(session.do('subset', { rows: [1], where: 'label = "x"' })).rejects.toThrow(
      'left out where there is rows',
    );
    expect(session.info.canUndo).toBe(false);
  });
});
