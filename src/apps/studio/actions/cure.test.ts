import { describe, expect, test } from 'vitest';
import { sessionOf, threeGroups } from '../../../testing/studio.ts';

describe('cure', () => {
  test('rows that are dropped leave maps and selections with the others', async () => {
    const session = await sessionOf(threeGroups(30));
    const map = await session.do('map', { quality: false });
    const { facts } = await session.do('cure', { cure: { id: 'drop-rows', rows: [0, 2] } });
    expect(facts).toEqual({ table: 'a', rows: 28, dropped: 2 });
    const { table, fields } = session.state.tables.get('a') ?? {};
    expect(table?.labels?.slice(0, 2)).toEqual(['green 1', 'red 3']);
    expect(fields?.get('size')?.values.slice(0, 2)).toEqual(Float64Array.of(1, 3));
    const places = session.state.maps.get('pca')?.points.data;
    expect(places?.slice(0, 2)).toEqual(map.arrays?.['points'].data.slice(2, 4));
  });

  test('a table is split into tables beside it', async () => {
    const session = await sessionOf(threeGroups(30));
    const groups = [
      [0, 3],
      [1, 4, 7],
    ];
    const { facts } = await session.do('cure', { cure: { id: 'split-rows', groups } });
    expect(facts).toEqual({ tables: ['a-1', 'a-2'] });
    expect(session.state.tables.get('a-2')?.table.labels).toEqual([
      'green 1',
      'green 4',
      'green 7',
    ]);
    expect(session.state.tables.get('a')?.table.points.rows).toBe(30);
  });

  test('a long one tells where it stands, and stops on request', async () => {
    const session = await sessionOf(threeGroups(30));
    const stages: string[] = [];
    const stop = new AbortController();
    const done = session.do(
      'cure',
      { cure: { id: 'disperse' } },
      {
        signal: stop.signal,
        send: (packet) => {
          if (packet.kind === 'progress') stages.push(packet.stage);
          stop.abort();
        },
      },
    );
    await expect(done).rejects.toThrow('stopped on request');
    expect(stages[0]).toBe('fidelity weight');
    expect(session.info.steps).toEqual([]);
  });

  test('the others are what the doctor does', async () => {
    const session = await sessionOf(threeGroups(30));
    await session.do('cure', { cure: { id: 'subtract-mean' }, judge: false });
    const other = await sessionOf(threeGroups(30));
    await other.do('center', { judge: false });
    expect(session.state.tables.get('a')?.table.points).toEqual(
      other.state.tables.get('a')?.table.points,
    );
    const { facts } = await session.do('cure', { cure: { id: 'keep-directions', count: 2 } });
    expect(facts).toMatchObject({ columns: 2, moved: null, cure: 'keep-directions' });
  });

  test('what is no cure, or does not fit, is refused in a sentence', async () => {
    const session = await sessionOf(threeGroups(30));
    const refused = (cure: unknown) => session.do('cure', { cure });
    await expect(refused({ id: 'pray' })).rejects.toThrow('drop-rows, split-rows');
    await expect(refused({ id: 'drop-rows', rows: [30] })).rejects.toThrow(
      'cure: drop-rows needs rows: a list of row numbers from 0 to 29.',
    );
    await expect(refused({ id: 'drop-columns', columns: [0, 1, 2, 3, 4, 5] })).rejects.toThrow(
      'needs to leave a column at least',
    );
    await expect(refused({ id: 'keep-directions', count: 7 })).rejects.toThrow('from 1 to 6');
  });
});
