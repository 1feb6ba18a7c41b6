import { describe, expect, test } from 'vitest';
import { encode } from '../../../io/index.ts';
import { studioEngine, threeGroups } from '../../../testing/studio.ts';
import { fieldOf } from './fields.ts';
import { Session } from './session.ts';
import { namedBytes, openedTable, studioTable } from './table.ts';

describe('fields', () => {
  test.each([
    ['number', ['1', '2.5', '', '-3e2']],
    ['time', ['2024-01-31', '2024-02-01', '']],
    ['time', ['2024-01-31T10:00:00Z', '2024-01-31 11:30:15.5+02:00']],
    ['picture', ['a/1.png', 'b/2.JPG', '']],
    ['sound', ['a.wav', 'b.mp3']],
    ['category', ['x', 'y', 'x', 'y', 'x']],
    ['text', ['a house', 'a tree', 'a brook', 'a stone', 'a cloud']],
    ['text', ['', '']],
    ['category', ['2024-13-45', '2024-01-01']],
  ])('%s: %j', (kind, values) => {
    expect(fieldOf('x', values, { from: 'file' }).info.kind).toBe(kind);
  });

  test('a time without a zone is of UTC', () => {
    const { values } = fieldOf('x', ['2024-01-01 00:00'], { from: 'file' });
    expect([...values]).toEqual([Date.UTC(2024, 0, 1)]);
  });

  test('categories come by how often they occur, and missing values are counted', () => {
    const { info } = fieldOf('x', ['b', 'a', 'b', '', 'a', 'b', 'c', 'c'], { from: 'file' });
    expect(info).toMatchObject({
      missing: 1,
      categories: [
        { name: 'b', count: 3 },
        { name: 'a', count: 2 },
        { name: 'c', count: 2 },
      ],
    });
  });
});

describe('opening', () => {
  test('the same vectors in another format are the same table', async () => {
    const table = threeGroups(9);
    const csv = await encode(table, { format: 'csv' });
    const npy = await encode({ points: table.points }, { format: 'npy' });
    const [one, two] = [
      await openedTable('a', namedBytes(csv as Uint8Array<ArrayBuffer>, 'v.csv')),
      await openedTable('b', namedBytes(npy as Uint8Array<ArrayBuffer>, 'v.npy')),
    ];
    expect(one.sha256).toBe(two.sha256);
    expect(one.sha256).toBe((await studioTable('a', 'x', table)).sha256);
    expect([...one.fields.keys()]).toEqual(['group', 'size']);
  });

  test('a table is opened into a session, is told by the recipe, and can be undone', async () => {
    const session = new Session(await studioEngine());
    await session.open((id) => studioTable(id, 'one', threeGroups(9)));
    await session.open((id) => studioTable(id, 'two', threeGroups(12)));
    expect(session.info.tables.map(({ id, rows }) => [id, rows])).toEqual([
      ['a', 9],
      ['b', 12],
    ]);
    expect(session.recipe()).toMatchObject({
      files: [{ name: 'one' }, { name: 'two' }],
      steps: [],
    });
    session.undo();
    expect(session.recipe().files).toHaveLength(1);
  });

  test('a corrupt file is a sentence, and the session lives on', async () => {
    const session = new Session(await studioEngine());
    const bytes = new TextEncoder().encode('\x93NUMPY garbage');
    await expect(session.open((id) => openedTable(id, namedBytes(bytes, 'x.npy')))).rejects.toThrow(
      /^x\.npy: /,
    );
    await session.open((id) => studioTable(id, 'one', threeGroups(9)));
    expect(session.info.tables).toHaveLength(1);
  });
});
