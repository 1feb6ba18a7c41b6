import { describe, expect, test } from 'vitest';
import { gathered, type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import {
  continuity,
  neighborRecall,
  stress,
  trustworthiness,
} from '../../families/comparisons/index.ts';
import { uniformRows } from '../../testing/points.ts';
import { mapQuality } from './map-quality.ts';

const columns = (points: Matrix, from: number, to: number) => {
  const { data, rows, cols } = points;
  const kept = data.filter((_, at) => at % cols >= from && at % cols < to);
  return matrix(kept, rows, to - from);
};
const cloud = uniformRows(200, 5, 1);

describe('mapQuality', () => {
  test('the five numbers are those of the comparisons, intervals and nulls with them', async () => {
    const map = columns(cloud, 0, 2);
    const { quality, warnings } = await mapQuality(cloud, map);
    const input = { a: cloud, b: map };
    const expected = {
      trustworthiness: await trustworthiness(input),
      continuity: await continuity(input),
      neighborRecall10: await neighborRecall(input),
      neighborRecall50: await neighborRecall(input, { k: 50 }),
      stress: await stress(input),
    };
    for (const [name, { value, low, high, null: law }] of Object.entries(expected)) {
      const found = quality[name as keyof typeof expected];
      expect(found, name).toEqual({ value, low, high, null: law });
    }
    expect(quality.rows).toBe(200);
    expect(warnings).toEqual([]);
  });

  test('a rotation keeps everything, permuted rows keep what the nulls say', async () => {
    const { quality: same } = await mapQuality(cloud, cloud);
    expect(same.neighborRecall10.value).toBe(1);
    expect(same.trustworthiness.value).toBe(1);
    expect(same.stress.value).toBeCloseTo(0, 12);
    const { quality } = await mapQuality(cloud, gathered(cloud, Random.fromSeed(2).sample(200)));
    const { value, null: law } = quality.trustworthiness;
    expect(value).toBeGreaterThan((law?.low ?? 1) - 0.02);
    expect(value).toBeLessThan((law?.high ?? 0) + 0.02);
  });

  test('of a map on the sphere, stress is that of angles', async () => {
    const sphere = uniformRows(120, 3, 2);
    const { quality } = await mapQuality(sphere, sphere);
    expect(quality.sphere).toBe(true);
    expect(quality.stress.value).toBeCloseTo(0, 12);
    // Chords are the distances of a flat map; the sphere is then judged by what it looks like from outside.
    const { quality: flat } = await mapQuality(sphere, columns(sphere, 0, 2));
    expect(flat.sphere).toBe(false);
    const chords = await stress({ a: sphere, b: columns(sphere, 0, 2) });
    expect(flat.stress.value).toBe(chords.value);
  });

  test('recall of 50 of too few rows is not there, and a warning says why', async () => {
    const few = gathered(
      cloud,
      Int32Array.from({ length: 40 }, (_, i) => i),
    );
    const { quality, warnings } = await mapQuality(few, columns(few, 0, 2));
    expect(quality.neighborRecall50).toEqual({ value: null, low: null, high: null, null: null });
    expect(warnings).toEqual(['neighborRecall50: 50 neighbours need 52 rows; got 40.']);
    const { quality: two, distortion } = await mapQuality(
      gathered(cloud, [0, 1]),
      gathered(columns(cloud, 0, 2), [0, 1]),
    );
    expect(two.trustworthiness.value).toBeNull();
    expect(distortion).toBeUndefined();
  });

  test('a sample of rows is the same for the same seed, and its intervals hold what all rows have', async () => {
    const map = columns(cloud, 0, 2);
    const some = await mapQuality(cloud, map, { rows: 60 });
    expect(some.quality.rows).toBe(60);
    expect(some.distortion?.rows.length).toBe(60);
    expect(await mapQuality(cloud, map, { rows: 60 })).toEqual(some);
    const { quality: all } = await mapQuality(cloud, map);
    for (const name of ['trustworthiness', 'continuity', 'neighborRecall10'] as const) {
      const { low, high } = some.quality[name];
      expect(all[name].value, name).toBeGreaterThan(low ?? 1);
      expect(all[name].value, name).toBeLessThan(high ?? 0);
    }
  });

  test('what rows lose adds up to what the numbers lose', async () => {
    const { quality, distortion } = await mapQuality(cloud, columns(cloud, 0, 2));
    const mean = (values: Float64Array = new Float64Array()) =>
      values.reduce((sum, x) => sum + x, 0) / values.length;
    expect(1 - mean(distortion?.falseNeighbors)).toBeCloseTo(
      quality.trustworthiness.value ?? 0,
      12,
    );
    expect(1 - mean(distortion?.missingNeighbors)).toBeCloseTo(quality.continuity.value ?? 0, 12);
  });

  test('a row laid among strangers has false and missing neighbours', async () => {
    // Two clusters; in the map row 0 lies in the other one.
    const random = Random.fromSeed(4);
    const data = Float64Array.from(
      { length: 120 },
      (_, at) => (at < 60 ? 0 : 50) + random.normal(),
    );
    const a = matrix(data, 60, 2);
    const moved = { ...a, data: a.data.map((x, at) => (at < 2 ? x + 50 : x)) };
    const { distortion } = await mapQuality(a, moved);
    const worst = (values: Float64Array = new Float64Array()) =>
      values.indexOf(Math.max(...values));
    expect(worst(distortion?.falseNeighbors)).toBe(0);
    expect(worst(distortion?.missingNeighbors)).toBe(0);
  });
});
