import { describe, expect, test } from 'vitest';
import { read } from '../../../io/index.ts';
import { plainTable, sessionOf, threeGroups } from '../../../testing/studio.ts';
import type { Answer } from '../contract.ts';

const TABLE = threeGroups(9);
const textOf = ({ arrays }: Answer) =>
  new TextDecoder().decode(arrays?.['bytes'].data as Uint8Array);

describe('export', () => {
  test.each(['npy', 'csv', 'parquet', 'safetensors', 'jsonl'])(
    'points as %s come back as they were',
    async (format) => {
      const { facts, arrays } = await (await sessionOf(TABLE)).do('export', { format });
      const table = await read(arrays?.['bytes'].data as Uint8Array<ArrayBuffer>);
      expect([...table.points.data]).toEqual([...TABLE.points.data]);
      expect(facts['fileName']).toMatch(/^a\./);
      expect(facts['rows']).toBe(9);
    },
  );

  test('npy has no place for labels, and says so', async () => {
    const { facts } = await (await sessionOf(TABLE)).do('export');
    expect(facts).toMatchObject({ fileName: 'a.npy', dropped: ['labels', 'group', 'size'] });
  });

  test('coordinates of a selection, with labels and fields', async () => {
    const session = await sessionOf(TABLE);
    await session.do('map', { quality: false });
    await session.do('select', { where: 'group = "red"', name: 'reds' });
    const answer = await session.do('export', { what: 'coordinates', selection: 'reds' });
    expect(answer.facts).toMatchObject({
      fileName: 'a-pca-reds.csv',
      rows: 3,
      columns: ['group', 'size'],
    });
    expect(textOf(answer).trim().split('\n')).toHaveLength(4);
  });

  test('rows are labels and fields without vectors', async () => {
    const answer = await (await sessionOf(TABLE)).do('export', { what: 'rows', rows: [4, 1] });
    expect(textOf(answer).trim().split(/\r?\n/)).toEqual([
      'label,row,group,size',
      'green 1,1,green,1',
      'green 4,4,green,4',
    ]);
  });

  test('ids are labels a line, or numbers of rows', async () => {
    const session = await sessionOf(TABLE, plainTable([[1], [2], [3]]));
    expect(textOf(await session.do('export', { what: 'ids', rows: [8, 0] }))).toBe(
      'red 0\nblue 8\n',
    );
    expect(textOf(await session.do('export', { what: 'ids', table: 'b', rows: [2] }))).toBe('2\n');
  });

  test('the recipe is what the session says', async () => {
    const session = await sessionOf(TABLE);
    await session.do('map', { quality: false });
    expect(JSON.parse(textOf(await session.do('export', { what: 'recipe' })))).toEqual(
      JSON.parse(JSON.stringify(session.recipe())),
    );
    expect(session.recipe().steps).toHaveLength(1);
  });

  test.each([
    [{ format: 'xls' }, /one of npy, npz/],
    [{ what: 'axis' }, /the name of an axis/],
    [{ what: 'axis', axis: 'price' }, 'export: there is no axis "price"; there are: none.'],
    [{ what: 'coordinates' }, 'export: there is no map "pca"; there are: none.'],
    [{ rows: [] }, 'export: no rows are chosen.'],
    [{ what: 'picture' }, /one of "points"/],
  ])('%j is refused in a sentence', async (parameters, sentence) => {
    await expect((await sessionOf(TABLE)).do('export', parameters)).rejects.toThrow(sentence);
  });

  test('a label of two lines is no id', async () => {
    const table = { ...plainTable([[1]]), labels: ['a\nb'] };
    await expect((await sessionOf(table)).do('export', { what: 'ids' })).rejects.toThrow(
      /row 0 has more than one line/,
    );
  });
});
