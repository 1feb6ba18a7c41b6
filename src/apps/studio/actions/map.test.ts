import { describe, expect, test } from 'vitest';
import { plainTable, sessionOf, threeGroups } from '../../../testing/studio.ts';
import type { MapInfo } from '../contract.ts';

describe('map', () => {
  test('three groups lie apart, and the map says what it keeps beside a random map', async () => {
    const session = await sessionOf(threeGroups());
    const { facts, arrays } = await session.do('map');
    const map = facts['map'] as MapInfo & {
      quality: Record<string, { value: number; null: { value: number } }>;
    };
    expect(map).toMatchObject({ id: 'pca', table: 'a', dims: 2, geometry: 'plane', places: true });
    expect(arrays?.['points'].shape).toEqual([60, 2]);
    const { trustworthiness } = map.quality;
    expect(trustworthiness.value).toBeGreaterThan(trustworthiness.null.value);
    expect(session.info.maps[0]).toEqual(map);
  });

  test('each row has its distortion as a field, whose mean is what trustworthiness lacks', async () => {
    const session = await sessionOf(threeGroups());
    const { facts } = await session.do('map');
    const { quality, distortion } = facts['map'] as {
      distortion: string;
      quality: { trustworthiness: { value: number } };
    };
    const { arrays } = await session.do('field', { field: distortion });
    const values = arrays?.['values'].data as Float64Array;
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    expect(mean).toBeCloseTo(1 - quality.trustworthiness.value, 12);
  });

  test('a sphere has unit rows of three columns', async () => {
    const session = await sessionOf(threeGroups());
    for (const method of ['pca', 'spherical-pca', 'rie-sne']) {
      const { facts, arrays } = await session.do('map', {
        method,
        geometry: 'sphere',
        quality: false,
      });
      expect(facts['map']).toMatchObject({ dims: 3, geometry: 'sphere' });
      const { data } = arrays?.['points'] ?? { data: new Float32Array() };
      expect(Math.hypot(...data.subarray(0, 3))).toBeCloseTo(1, 6);
    }
  });

  test('the same step gives the same bytes, also after undo', async () => {
    const session = await sessionOf(threeGroups());
    await session.do('map', { method: 'umap', options: { epochs: 20 } });
    const [first] = session.recipe().steps;
    session.undo();
    await session.do('map', { method: 'umap', options: { epochs: 20 } });
    expect(session.recipe().steps[0]).toEqual(first);
    expect(first.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  test('a second map of a name has a number', async () => {
    const session = await sessionOf(threeGroups());
    await session.do('map', { quality: false });
    const { facts } = await session.do('map', { quality: false });
    expect(facts['map']).toMatchObject({ id: 'pca-2' });
  });

  test('a single column is a line', async () => {
    const session = await sessionOf(plainTable([[1], [2], [4]]));
    const { arrays } = await session.do('map', { quality: false });
    const { data } = arrays?.['points'] ?? { data: new Float32Array() };
    expect([data[1], data[3], data[5]]).toEqual([0, 0, 0]);
  });

  test.each([
    [{ table: 'q' }, 'map: there is no table "q"; there are: a.'],
    [{ method: 'pac' }, /reduce: option "method"|one of/],
    [{ options: { dim: 5 } }, /dim/],
    [{ method: 'coreset', quality: false }, /fewer columns, not rows/],
    [{ method: 'pca', classes: 'group' }, /learns from none/],
    [
      { classes: 'colour', method: 'mpad' },
      /there is no field of table a "colour"; there are: group, size/,
    ],
    [{ rows: 3 }, /one of the parameters/],
  ])('%j is refused in a sentence', async (parameters, sentence) => {
    const session = await sessionOf(threeGroups());
    await expect(session.do('map', parameters)).rejects.toThrow(sentence);
    expect(session.recipe().steps).toEqual([]);
  });

  test('NaN is refused with its place, and the session lives on', async () => {
    const session = await sessionOf(
      plainTable([
        [1, 2],
        [Number.NaN, 1],
        [3, 1],
      ]),
    );
    await expect(session.do('map')).rejects.toThrow(/row 1/);
    expect((await session.do('info')).facts['tables']).toHaveLength(1);
  });
});
