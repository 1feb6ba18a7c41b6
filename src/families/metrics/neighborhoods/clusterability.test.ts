import { describe, expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import { describeMetricLaws } from '../../../testing/metric-laws.ts';
import { fromRows, uniformRows } from '../../../testing/points.ts';
import { clusterability } from './clusterability.ts';

describe('clusterability', () => {
  test('is about ½ for uniform points and in a subspace of few dimensions', async () => {
    for (const d of [3, 8]) {
      const flat = fromRows(
        Array.from({ length: 400 }, (_, i) => {
          const row = [...uniformRows(1, d, i).data];
          return [...row, ...Array<number>(12 - d).fill(0)];
        }),
      );
      const { value, null: expected } = await clusterability(flat);
      expect(Math.abs(value - 0.5)).toBeLessThan(0.1);
      expect(expected?.value).toBe(0.5);
    }
  });

  test('holds ½ for uniform and for Gaussian rows, five and one for each dimension', async () => {
    const random = Random.fromSeed(6);
    const gaussian = Array.from({ length: 200 }, () =>
      Array.from({ length: 40 }, (_, c) => random.normal() / Math.sqrt(1 + c)),
    );
    for (const points of [uniformRows(200, 40, 1), uniformRows(80, 80, 2), fromRows(gaussian)]) {
      const { value, low = NaN, high = NaN, null: expected } = await clusterability(points);
      expect(low).toBeLessThan(0.5);
      expect(high).toBeGreaterThan(0.5);
      expect(value).toBeGreaterThan(expected?.low ?? NaN);
    }
  });

  test('is near 1 for tight clusters around ten places', async () => {
    const random = Random.fromSeed(4);
    const centers = uniformRows(10, 12, 5);
    const rows = Array.from({ length: 300 }, (_, i) =>
      Array.from(
        { length: 12 },
        (_, c) => centers.data[(i % 10) * 12 + c] + 0.02 * random.normal(),
      ),
    );
    const { value, low } = await clusterability(fromRows(rows));
    expect(value).toBeGreaterThan(0.95);
    expect(low).toBeGreaterThan(0.9);
  });
});

describeMetricLaws(clusterability, { rotation: false, lengths: false });
