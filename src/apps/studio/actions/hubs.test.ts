import { describe, expect, test } from 'vitest';
import { matrix } from '../../../core/matrix.ts';
import { sessionOf, threeGroups } from '../../../testing/studio.ts';

describe('hubs', () => {
  test('a row without a direction is in no list and has no count', async () => {
    const { points } = threeGroups(30);
    const data = points.data.slice();
    data.fill(0, 6 * 4, 6 * 5);
    const { facts, arrays } = await (await sessionOf({ points: matrix(data, 30, 6) })).do('hubs');
    const counts = arrays?.['hub-count'].data as Float64Array;
    expect(counts[4]).toBeNaN();
    expect(facts['lists']).toBe(29);
    expect(counts.filter(Number.isFinite).reduce((sum, x) => sum + x, 0)).toBe(290);
  });

  test('more neighbours than are usual are counted too', async () => {
    const { facts, arrays } = await (await sessionOf(threeGroups(60))).do('hubs', { k: 15 });
    const counts = arrays?.['hub-count'].data as Float64Array;
    expect(facts).toMatchObject({ k: 15, lists: 60 });
    expect(counts.reduce((sum, x) => sum + x, 0)).toBe(15 * 60);
  });

  test('rows that all have no direction have no hubs', async () => {
    const { facts } = await (await sessionOf({ points: matrix(new Float32Array(6), 3, 2) })).do(
      'hubs',
    );
    expect(facts).toMatchObject({ hubs: [], lists: 0, findings: [{ id: 'invalid-rows' }] });
  });
});
