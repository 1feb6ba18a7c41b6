import { expect, test } from 'vitest';
import { matrix } from '../../../core/matrix.ts';
import { plainTable, sessionOf, threeGroups } from '../../../testing/studio.ts';

/** Three snapshots: the groups come apart. */
function training(n = 60) {
  const end = threeGroups(n);
  const at = (share: number) => ({
    ...end,
    points: matrix(
      end.points.data.map((x, e) => 1 + share * (x - 1) + 0.01 * (e % 7)),
      n,
      6,
    ),
  });
  return [at(0.1), at(0.5), at(1)] as const;
}

/** The columns in another order: a turn of all rows. */
function turned(table: ReturnType<typeof threeGroups>) {
  const { rows, cols } = table.points;
  const data = table.points.data.map(
    (_, e) => table.points.data[e - (e % cols) + ((e + 1) % cols)],
  );
  return { ...table, points: matrix(data, rows, cols) };
}

interface Series {
  readonly id: string;
  readonly values: readonly number[];
}

test('snapshots lie in one map, fitted to the last, and numbers are series', async () => {
  const session = await sessionOf(...training());
  const { facts, arrays } = await session.do('checkpoints');
  expect(facts).toMatchObject({
    tables: ['a', 'b', 'c'],
    maps: ['checkpoint-a', 'checkpoint-b', 'checkpoint-c'],
    fitted: 'c',
    measuredRows: 60,
  });
  expect(arrays?.['places'].shape).toEqual([3, 60, 2]);
  const last = await session.do('map', { table: 'c', quality: false });
  expect(session.state.maps.get('checkpoint-c')?.points).toEqual(
    session.state.maps.get('pca')?.points,
  );
  expect(arrays?.['places'].data.slice(240)).toEqual(last.arrays?.['points'].data);
  const mean = (facts['tracked'] as Series[]).find(({ id }) => id === 'mean-cosine')?.values ?? [];
  expect(mean.length).toBe(3);
  expect(mean[0]).toBeGreaterThan(mean[1]);
  expect(mean[1]).toBeGreaterThan(mean[2]);
  const moved = facts['moved'] as { from: string; meanDeg: number }[];
  expect(moved.map(({ from }) => from)).toEqual(['a', 'b']);
  expect(moved[0].meanDeg).toBeGreaterThan(0);
  session.undo();
  expect(session.state.maps.size).toBe(3);
});

test('a turn of all rows is taken off where it is asked for', async () => {
  const [, , end] = training();
  const session = await sessionOf(turned(end), end);
  const moved = async (align: boolean) => {
    const { facts } = await session.do('checkpoints', { align, track: false, geometry: 'sphere' });
    return (facts['moved'] as { meanDeg: number }[])[0].meanDeg;
  };
  expect(await moved(false)).toBeGreaterThan(10);
  expect(await moved(true)).toBeLessThan(0.01);
});

test('tables that are no snapshots of the same rows are refused in a sentence', async () => {
  const [start, , end] = training();
  const other = { ...end, labels: end.labels?.toReversed() };
  const session = await sessionOf(start, other, plainTable([[1, 2]]));
  await expect(session.do('checkpoints', { tables: ['a'] })).rejects.toThrow('two tables at least');
  await expect(session.do('checkpoints', { tables: ['a', 'c'] })).rejects.toThrow(
    'checkpoints: table a has 60 rows and table c has 1; snapshots have the same rows.',
  );
  await expect(session.do('checkpoints', { tables: ['a', 'b'] })).rejects.toThrow(
    'row 0 is "red 0" in table a and "blue 59" in table b',
  );
  await expect(
    session.do('checkpoints', { tables: ['a', 'a'], method: 'coreset' }),
  ).rejects.toThrow('"coreset"');
});
