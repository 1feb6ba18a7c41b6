import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { kMeans } from './k-means.ts';

const line = (...places: number[]) => matrix(Float64Array.from(places), places.length, 1);
const random = () => Random.fromSeed(1);

test('clumps are found, and their means are the centers', () => {
  const { centers, of, inertia } = kMeans(line(0, 1, 10, 11, 20), { clusters: 3 }, random());
  expect(centers.data.toSorted()).toEqual(Float64Array.of(0.5, 10.5, 20));
  expect([of[0] === of[1], of[2] === of[3], new Set(of).size]).toEqual([true, true, 3]);
  expect(inertia).toBe(1);
});

test('one cluster has the mean, as many as rows leave nothing over', () => {
  expect(kMeans(line(1, 2, 6), { clusters: 1 }, random()).centers.data[0]).toBe(3);
  expect(kMeans(line(1, 2, 6), { clusters: 3 }, random()).inertia).toBe(0);
});

test('rows that coincide may be fewer than the clusters', () => {
  const { inertia, of } = kMeans(line(2, 2, 2), { clusters: 2 }, random());
  expect(inertia).toBe(0);
  expect(of).toEqual(Int32Array.of(0, 0, 0));
});

test('the same seed gives the same centers; too many clusters are refused', () => {
  const points = line(...Array.from({ length: 40 }, (_, i) => (i * 7919) % 101));
  expect(kMeans(points, { clusters: 5 }, random())).toEqual(
    kMeans(points, { clusters: 5 }, random()),
  );
  expect(() => kMeans(line(1, 2), { clusters: 3 }, random())).toThrow(
    'kMeans: option "clusters" must be from 1 to the 2 rows; got 3.',
  );
});
