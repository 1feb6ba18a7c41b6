import { describe, expect, test } from 'vitest';
import { sessionOf, threeGroups } from '../../../testing/studio.ts';

const outdated = (session: Awaited<ReturnType<typeof sessionOf>>) =>
  Object.fromEntries(session.info.maps.map(({ id, outdated: said }) => [id, said]));

describe('map-again', () => {
  test('after a change maps are outdated; made again they are what a new one is', async () => {
    const session = await sessionOf(threeGroups(90));
    await session.do('map', { method: 'pca', quality: false });
    await session.do('given-map', { from: 'fields', fields: ['size', 'size'], id: 'own' });
    expect(outdated(session)).toEqual({ pca: undefined, own: undefined });
    await session.do('whiten', { judge: false });
    expect(outdated(session)).toEqual({ pca: { again: true }, own: undefined });
    const { facts } = await session.do('map-again');
    expect(facts['map']).toMatchObject({ id: 'pca' });
    expect(session.info.maps.map(({ id }) => id)).toEqual(['pca', 'own']);
    expect(outdated(session)).toEqual({ pca: undefined, own: undefined });
    await session.do('map', { method: 'pca', quality: false, id: 'new' });
    const { maps } = session.state;
    expect(maps.get('pca')?.points).toEqual(maps.get('new')?.points);
  });

  test('a layout begins where its rows lie: groups stay on their sides', async () => {
    const session = await sessionOf(threeGroups(90));
    const options = { epochs: 60 };
    await session.do('map', { method: 'umap', quality: false, options });
    const before = session.state.maps.get('umap')?.points;
    await session.do('center', { judge: false });
    await session.do('map-again', { map: 'umap' });
    const after = session.state.maps.get('umap')?.points;
    if (!before || !after) throw new Error('no map');
    // The middles of the groups before and after, x and y: alike, as two layouts by themselves are not.
    const middles = (data: Float32Array) =>
      [0, 1, 2].map((g) =>
        [0, 1].map((c) => {
          let sum = 0;
          for (let i = g; i < 90; i += 3) sum += data[2 * i + c];
          return sum / 30;
        }),
      );
    const [old, now] = [middles(before.data), middles(after.data)];
    for (let g = 0; g < 3; g++) {
      const distances = old.map(([x, y]) => Math.hypot(x - now[g][0], y - now[g][1]));
      expect(distances.indexOf(Math.min(...distances))).toBe(g);
    }
  });

  test('replays to its digest; undo brings the map that was outdated back', async () => {
    const [session, other] = [await sessionOf(threeGroups(60)), await sessionOf(threeGroups(60))];
    await session.do('given-map', { from: 'principal' });
    await session.do('normalize', { judge: false });
    await session.do('map-again', { map: 'principal' });
    const { steps } = session.recipe();
    for (const { action, parameters } of steps) await other.do(action, parameters);
    expect(other.recipe().steps).toEqual(steps);
    session.undo();
    expect(outdated(session)).toEqual({ principal: { again: true } });
  });

  test('a map that nothing made is refused', async () => {
    const session = await sessionOf();
    await session.do('codes', { count: 4, points: [0, 0, 1, 0, 0, -1, 0, 1, 0, 1, 0, 0] });
    await expect(session.do('map-again', { map: 'code-4x3' })).rejects.toThrow(
      'map-again: nothing says how the map code-4x3 was made; make a new one by map.',
    );
  });
});
