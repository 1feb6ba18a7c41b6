import { expect, test } from 'vitest';
import { Random } from '../../../../core/random.ts';
import { referenceEngine } from '../../../../engine/reference.ts';
import { fromRows, uniformRows } from '../../../../testing/points.ts';
import { closestPairs, smallestAngleInterval } from './closest-pairs.ts';

test('every pair is listed once, closest first', async () => {
  const circle = (a: number) => [Math.cos(a), Math.sin(a)];
  const points = fromRows([0, 0.1, 0.3, 2, 2.25].map(circle));
  const pairs = closestPairs(await referenceEngine.nearest(points, 4), 3);
  expect(pairs.map(({ i, j }) => [i, j])).toEqual([
    [0, 1],
    [1, 2],
    [3, 4],
  ]);
  expect(pairs.map(({ angle }) => Math.round(100 * angle))).toEqual([10, 20, 25]);
});

test('the interval holds the mean smallest angle of uniform points in 95 of 100 sets, within 4 standard errors', async () => {
  const random = Random.fromSeed(3);
  const sets = await Promise.all(
    Array.from({ length: 100 }, async (_, r) => {
      const graph = await referenceEngine.nearest(uniformRows(80, 5, random.fork(r)), 5);
      const pairs = closestPairs(graph, 30);
      return { smallest: pairs[0].angle, interval: smallestAngleInterval(pairs, 1) };
    }),
  );
  const mean = sets.reduce((sum, { smallest }) => sum + smallest / 100, 0);
  const covered = sets.filter(
    ({ interval }) => interval && interval.low <= mean && mean <= interval.high,
  );
  expect(covered.length).toBeGreaterThanOrEqual(95 - 4 * 2.2);
});

test('coincident rows start the interval at 0, and few pairs have none', () => {
  const pair = (angle: number) => ({ i: 0, j: 1, angle });
  const angles = [0, 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
  expect(smallestAngleInterval(angles.map(pair), 1)).toEqual({ low: 0, high: 0.2 });
  expect(smallestAngleInterval([pair(1), pair(2)], 1)).toBeUndefined();
});
