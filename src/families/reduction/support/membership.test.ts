import { expect, test } from 'vitest';
import { referenceEngine } from '../../../engine/reference.ts';
import { uniformRows } from '../../../testing/points.ts';
import { meanDistanceOf, memberships } from './membership.ts';

test('the nearest neighbour belongs wholly, and all of a row sum to log₂(k + 1)', async () => {
  const [n, k] = [80, 10];
  const graph = await referenceEngine.nearest(uniformRows(n, 4, 3), k);
  const p = memberships(graph, meanDistanceOf(graph));
  for (let i = 0; i < n; i++) {
    const own = p.subarray(i * k, (i + 1) * k);
    expect(own[0]).toBe(1);
    expect(own.reduce((sum, x) => sum + x, 0)).toBeCloseTo(Math.log2(k + 1), 5);
    expect([...own]).toEqual([...own].sort((a, b) => b - a));
  }
});

test('copies belong wholly; a row with nothing else has a finite width', () => {
  const indices = Int32Array.of(1, 2, 3, 0, 2, 3);
  const distances = Float64Array.of(0, 0, 2, 0, 0, 0);
  const p = memberships({ indices, distances, n: 2, k: 3 }, 1);
  expect([...p]).toEqual([1, 1, 1, 1, 1, 1]);
});

test('a missing neighbour does not belong', () => {
  const indices = Int32Array.of(1, -1);
  const p = memberships({ indices, distances: Float64Array.of(3, Infinity), n: 1, k: 2 }, 3);
  expect([...p]).toEqual([1, 0]);
});
