import { describe, expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { curate } from './curate.ts';

const random = Random.fromSeed(1);
/** 180 rows about one axis, 20 about each of two others: a frequent source and two rare ones. */
const sources = Array.from({ length: 220 }, (_, i) => (i < 180 ? 'web' : i < 200 ? 'law' : 'code'));
const points = matrix(
  Float32Array.from({ length: 220 * 3 }, (_, e) => {
    const axis = ['web', 'law', 'code'].indexOf(sources[Math.floor(e / 3)]);
    return (e % 3 === axis ? 1 : 0) + 0.03 * random.normal();
  }),
  220,
  3,
);
const losses = sources.map((source) => (source === 'web' ? 2 : 4) + 0.1 * random.normal());

describe('curate', () => {
  test('near rows have near losses and one source, beyond shuffled ones', async () => {
    const found = await curate(points, { losses, sources, clusters: 11 });
    expect(found.lossCoherence?.value).toBeLessThan(0.1);
    expect(found.lossCoherence?.null?.value).toBeCloseTo(1, 1);
    expect(found.sourcePurity?.value).toBeGreaterThan(0.95);
    expect([found.selected, found.of]).toEqual([null, null]);
    expect(found.sources[0]).toEqual({ source: 'web', rows: 180, selected: 0 });
  });

  test('an even selection takes more of what is rare than its share', async () => {
    const { selected, sources: found } = await curate(points, { sources, clusters: 3, share: 0.2 });
    expect(selected).toHaveLength(44);
    const rare = found.filter(({ source }) => source !== 'web');
    for (const { rows, selected: taken } of rare) expect(taken / rows).toBeGreaterThan(0.5);
    const again = await curate(points, { sources, clusters: 3, share: 0.2 });
    expect(again.selected).toEqual(selected);
  });

  test('nothing known gives a selection alone', async () => {
    const found = await curate(points, { share: 1 });
    expect(found.selected).toHaveLength(220);
    expect([found.lossCoherence, found.sourcePurity, found.sources]).toEqual([null, null, []]);
  });

  test('few rows have fewer clusters', async () => {
    const few = matrix(points.data.slice(0, 30 * 3), 30, 3);
    const { clusters, selected } = await curate(few, { share: 0.5 });
    expect([clusters, selected?.length]).toEqual([15, 15]);
  });

  test('columns of another length and shares out of range are refused in one sentence', async () => {
    await expect(curate(points, { losses: [1, 2] })).rejects.toThrow(
      'measure curate: expected losses, one for each of the 220 rows; got 2.',
    );
    await expect(curate(points, { share: 1.5 })).rejects.toThrow(
      'measure curate: option "share" must be a number above 0, 1 at most; got 1.5.',
    );
    const one = matrix(Float32Array.of(1, 2, 3), 1, 3);
    await expect(curate(one, { share: 1 })).rejects.toThrow(
      'measure curate: expected two rows or more; got 1.',
    );
    await expect(curate(points, { clusters: 500 })).rejects.toThrow('from 2 to the 220 rows');
  });
});
