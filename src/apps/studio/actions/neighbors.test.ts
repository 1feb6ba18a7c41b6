import { describe, expect, test } from 'vitest';
import { plainTable, sessionOf, studioEngine, threeGroups } from '../../../testing/studio.ts';
import { Session } from '../session/session.ts';
import { studioTable } from '../session/table.ts';

/** Four directions of the plane, at 0°, 10°, 30° and 90°. */
const FOUR = plainTable(
  [0, 10, 30, 90].map((x) => [Math.cos((x * Math.PI) / 180), Math.sin((x * Math.PI) / 180)]),
);

describe('neighbors', () => {
  test('come by angle, nearest first', async () => {
    const { facts } = await (await sessionOf(FOUR)).do('neighbors', { row: 1, k: 2 });
    const near = facts['neighbors'] as { row: number; angle: number; cosine: number }[];
    expect(near.map(({ row, angle }) => [row, Math.round(angle)])).toEqual([
      [0, 10],
      [2, 20],
    ]);
    expect(near[0].cosine).toBeCloseTo(Math.cos(Math.PI / 18), 6);
  });

  test('a map shows false ones and misses others', async () => {
    // A column of the picture puts row 3 beside row 0.
    const table = {
      ...FOUR,
      columns: { x: Float64Array.of(0, 9, 5, 1), y: Float64Array.of(0, 0, 0, 0) },
    };
    const session = await sessionOf(table);
    await session.do('given-map', { from: 'fields', fields: ['x', 'y'], id: 'wrong' });
    const { facts } = await session.do('neighbors', { row: 0, k: 1, map: 'wrong' });
    expect(facts['inMap']).toEqual({ map: 'wrong', k: 1, rows: [3], false: [3], missing: [1] });
  });

  test('a table that was moved has those of before', async () => {
    const table = await studioTable('a', 'moved', FOUR);
    const before = plainTable([
      [0, 1],
      [1, 0],
      [0, 1],
      [1, 0],
    ]).points;
    const session = new Session(await studioEngine(), [{ ...table, before }]);
    const { facts } = await session.do('neighbors', { row: 0, k: 1 });
    expect(facts['before']).toMatchObject([{ row: 2, angle: 0 }]);
    expect(facts['kept']).toBe(0);
  });

  test('a copy of the row is its neighbour, the row itself is not', async () => {
    const session = await sessionOf(
      plainTable([
        [1, 0],
        [1, 0],
        [1, 0],
        [0, 1],
      ]),
    );
    const { facts } = await session.do('neighbors', { row: 2, k: 10 });
    expect((facts['neighbors'] as { row: number }[]).map(({ row }) => row)).toEqual([0, 1, 3]);
  });

  test('a row that is not there is refused', async () => {
    await expect((await sessionOf(FOUR)).do('neighbors', { row: 4 })).rejects.toThrow(
      'neighbors: there is no row 4 in table a; its 4 rows count from 0.',
    );
  });
});

describe('search', () => {
  test('by row, label, vector and formula: the same row has the same neighbours', async () => {
    const session = await sessionOf(threeGroups());
    const rowsOf = async (query: object) =>
      ((await session.do('search', { ...query, k: 3 })).facts['matches'] as { row: number }[]).map(
        ({ row }) => row,
      );
    const byRow = await rowsOf({ row: [4] });
    expect(await rowsOf({ label: 'green 4' })).toEqual(byRow);
    expect(await rowsOf({ formula: '"green 4"' })).toEqual(byRow);
    const vector = [...threeGroups().points.data.subarray(24, 30)];
    expect(await rowsOf({ vector })).toEqual([4, ...byRow.slice(0, 2)]);
  });

  test('words: those that are the label, then those that begin with it, then those that have it', async () => {
    const table = {
      ...plainTable([[1], [2], [3], [4]]),
      labels: ['tea pot', 'green tea', 'Tea', 'coffee'],
    };
    const { facts, arrays } = await (await sessionOf(table)).do('search', { words: 'tea', k: 2 });
    expect(facts).toMatchObject({
      query: 'tea',
      count: 3,
      matches: [
        { row: 2, score: 3 },
        { row: 0, score: 2 },
      ],
    });
    expect([...(arrays?.['rows'].data ?? [])]).toEqual([2, 0]);
  });

  test('words in a field', async () => {
    const { facts } = await (await sessionOf(threeGroups())).do('search', {
      words: 'lu',
      field: 'group',
    });
    expect(facts['count']).toBe(20);
  });

  test('an unknown word says what stands for it', async () => {
    const { facts } = await (await sessionOf(threeGroups())).do('search', { label: 'red 00' });
    expect(facts['unknown']).toMatchObject([{ word: 'red 00' }]);
  });

  test.each([
    [{}, /nothing is asked/],
    [{ words: ' ' }, /text that is not empty/],
    [{ row: [1, 2] }, /a list of one row/],
    [{ row: [60] }, /there is no row 60/],
    [{ label: 'a', words: 'b' }, /left out where something else is asked/],
    [{ formula: '+' }, /formula/],
    [{ vector: [0, 0, 0, 0, 0, 0] }, /length zero/],
  ])('%j is refused in a sentence', async (parameters, sentence) => {
    await expect((await sessionOf(threeGroups())).do('search', parameters)).rejects.toThrow(
      sentence,
    );
  });
});
