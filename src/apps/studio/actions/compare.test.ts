import { describe, expect, test } from 'vitest';
import { gathered, matrix } from '../../../core/matrix.ts';
import type { VectorTable } from '../../../io/index.ts';
import { plainTable, sessionOf, threeGroups } from '../../../testing/studio.ts';

const A = threeGroups(60);
const reversed = Array.from({ length: 60 }, (_, row) => 59 - row);
const REVERSED: VectorTable = {
  points: gathered(A.points, reversed),
  labels: reversed.map((row) => A.labels?.[row] ?? ''),
};

const valuesOf = async (
  session: Awaited<ReturnType<typeof sessionOf>>,
  table: string,
  field: string,
) => Array.from((await session.do('field', { table, field })).arrays?.['values'].data ?? []);

describe('compare', () => {
  test('the same rows in another order are the same, by label', async () => {
    const session = await sessionOf(A, REVERSED);
    const { facts } = await session.do('compare');
    expect(facts['rows']).toMatchObject({ matched: 'label' });
    expect(facts['change']).toEqual({ mean: 0, chance: 1 - 10 / 59 });
    expect(new Set(await valuesOf(session, 'a', 'change-b'))).toEqual(new Set([0]));
    expect(new Set(await valuesOf(session, 'b', 'change-a'))).toEqual(new Set([0]));
  });

  test('the row that moved has changed most, and its lost and gained neighbours are named', async () => {
    const data = A.points.data.slice();
    data.set([0, 3, 0, 0, 0, 0], 0);
    const session = await sessionOf(A, { ...A, points: matrix(data, 60, 6) });
    const { facts } = await session.do('compare', { k: 3, metrics: ['neighbor-overlap'] });
    const [first] = facts['changed'] as {
      a: number;
      change: number;
      lost: string[];
      gained: string[];
    }[];
    expect(first).toMatchObject({ a: 0, change: 1 });
    expect(first.lost.every((label) => label.startsWith('red'))).toBe(true);
    expect(first.gained.every((label) => label.startsWith('green'))).toBe(true);
    expect(facts['comparisons']).toMatchObject([{ id: 'neighbor-overlap' }]);
  });

  test('rows without a partner have no change', async () => {
    const fewer = {
      points: gathered(A.points, reversed.slice(20)),
      labels: REVERSED.labels?.slice(20),
    };
    const session = await sessionOf(A, fewer);
    await session.do('compare', { metrics: ['linear-cka'] });
    const change = await valuesOf(session, 'a', 'change-b');
    expect(change[59]).toBeNaN();
    expect(change[0]).toBe(0);
  });

  test('parity names the fault', async () => {
    const doubled = { ...A, points: { ...A.points, data: A.points.data.map((x) => 2 * x) } };
    const { facts } = await (await sessionOf(A, doubled)).do('compare', {
      parity: true,
      metrics: ['linear-cka'],
    });
    expect(JSON.stringify(facts['parity'])).toMatch(/scale|length/);
  });

  test('two sets without pairs of rows are compared as samples, without changes', async () => {
    const { facts } = await (
      await sessionOf({ points: A.points }, { points: gathered(A.points, [1, 2, 3, 4]) })
    ).do('compare');
    expect(facts).toMatchObject({ rows: { matched: 'none' } });
    expect(facts['changed']).toBeUndefined();
  });

  test.each([
    [{ b: 'a' }, 'compare: both tables are a: name two.'],
    [{ b: 'c' }, 'compare: there is no table "c"; there are: a, b.'],
    [{ metrics: ['cka'] }, /one of/],
  ])('%j is refused in a sentence', async (parameters, sentence) => {
    await expect((await sessionOf(A, REVERSED)).do('compare', parameters)).rejects.toThrow(
      sentence,
    );
  });
});

describe('align-maps', () => {
  test('a turned and larger map comes back to the other', async () => {
    const turned = {
      x: A.points.data.filter((_, e) => e % 6 === 0),
      y: A.points.data.filter((_, e) => e % 6 === 1),
    };
    const columns = {
      x: Float64Array.from(turned.x),
      y: Float64Array.from(turned.y),
      u: Float64Array.from(turned.y, (y) => 5 - 2 * y),
      v: Float64Array.from(turned.x, (x) => 2 * x + 1),
    };
    const session = await sessionOf({ ...A, columns });
    await session.do('given-map', { from: 'fields', fields: ['x', 'y'], id: 'one' });
    await session.do('given-map', { from: 'fields', fields: ['u', 'v'], id: 'two' });
    const { facts } = await session.do('align-maps', { map: 'two', to: 'one' });
    expect((facts['distance'] as { after: number }).after).toBeLessThan(1e-6);
    expect(facts['scale']).toBeCloseTo(0.5, 6);
  });

  test('a sphere is turned about its middle and stays one', async () => {
    const session = await sessionOf(A);
    await session.do('given-map', { from: 'columns', columns: [0, 1, 2], id: 'one' });
    await session.do('given-map', { from: 'columns', columns: [2, 0, 1], id: 'two' });
    const { facts, arrays } = await session.do('align-maps', { map: 'two', to: 'one' });
    expect((facts['distance'] as { after: number }).after).toBeLessThan(1e-6);
    const [x, y, z] = arrays?.['points'].data ?? [];
    expect(Math.hypot(x, y, z)).toBeCloseTo(1, 6);
  });

  test.each([
    [{}, /there is no map ""/],
    [{ map: 'pca' }, 'align-maps: both maps are pca: name two.'],
    [{ map: 'columns' }, /two maps of 2 columns; got 3/],
    [{ map: 'pca-b' }, /no rows belong together/],
  ])('%j is refused in a sentence', async (parameters, sentence) => {
    const session = await sessionOf(A, plainTable([[1, 2, 3, 4, 5, 6]]));
    await session.do('map', { quality: false });
    await session.do('given-map', { from: 'columns', columns: [0, 1, 2] });
    await session.do('place', { table: 'b' });
    await expect(session.do('align-maps', parameters)).rejects.toThrow(sentence);
  });
});
