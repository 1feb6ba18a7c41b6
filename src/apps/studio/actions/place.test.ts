import { describe, expect, test } from 'vitest';
import { plainTable, sessionOf, threeGroups } from '../../../testing/studio.ts';

describe('place', () => {
  test('the rows themselves come to where they are', async () => {
    const session = await sessionOf(threeGroups(), threeGroups());
    await session.do('map', { quality: false });
    const { arrays: own } = await session.do('coordinates');
    const { facts, arrays } = await session.do('place', { table: 'b' });
    expect(facts['map']).toMatchObject({ id: 'pca-b', table: 'b', within: 'pca' });
    expect(arrays?.['points'].data).toEqual(own?.['points'].data);
  });

  test('a map of three columns takes in new rows as well', async () => {
    const session = await sessionOf(threeGroups(), plainTable([[1, 0, 0, 0, 0, 0]]));
    await session.do('given-map', { from: 'columns', columns: [0, 1, 2] });
    const { arrays } = await session.do('place', { map: 'columns', table: 'b' });
    expect(Array.from(arrays?.['points'].data ?? [])).toEqual([1, 0, 0]);
  });

  test('a formula comes near to its answers, and is no step', async () => {
    const session = await sessionOf(threeGroups());
    await session.do('map', { quality: false });
    const { facts, arrays } = await session.do('place', { formula: '"red 0" + "red 3"', k: 3 });
    const neighbors = facts['neighbors'] as { label: string; row: number }[];
    expect(neighbors.every(({ label }) => label.startsWith('red'))).toBe(true);
    const [x, y] = arrays?.['point'].data ?? [];
    const { data } = session.state.maps.get('pca')?.points ?? { data: new Float32Array() };
    const distance = (i: number) => Math.hypot(data[2 * i] - x, data[2 * i + 1] - y);
    expect(distance(neighbors[0].row)).toBeLessThan(distance(1));
    expect(session.recipe().steps).toHaveLength(1);
  });

  test.each([
    [{}, 'place: nothing to place: give a table or a query.'],
    [{ table: 'b', label: 'red 0' }, /left out where there is a query/],
    [{ label: 'red 0', vector: [1, 2] }, /left out where there is label/],
    [{ vector: [1, 2] }, /6 numbers/],
    [{ map: 'umap' }, 'place: there is no map "umap"; there are: pca.'],
    [{ table: 'b' }, /rows of 6/],
  ])('%j is refused in a sentence', async (parameters, sentence) => {
    const session = await sessionOf(threeGroups(), plainTable([[1, 2]]));
    await session.do('map', { quality: false });
    await expect(session.do('place', parameters)).rejects.toThrow(sentence);
  });

  test('given coordinates take in no rows', async () => {
    const session = await sessionOf(
      plainTable([
        [1, 2],
        [2, 1],
      ]),
    );
    await session.do('given-map', { from: 'points' });
    await expect(session.do('place', { map: 'points', vector: [1, 2] })).rejects.toThrow(
      /places no new rows/,
    );
  });
});
