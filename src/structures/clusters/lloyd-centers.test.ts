import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { chooseEngine } from '../../engine/index.ts';
import { kMeans } from '../../numerics/solvers/k-means.ts';
import { lloydCenters, spreadRows } from './lloyd-centers.ts';

const random = Random.fromSeed(4);

test('as many rows as differ are all drawn, each once', () => {
  const points = matrix(Float32Array.of(5, 5, 7, 5, 9, 7, 5, 5), 8, 1);
  const found = [...spreadRows(points, 5, random.fork('few')).data];
  expect(found.toSorted((a, b) => a - b)).toEqual([5, 7, 9]);
});

test('clusters far apart are found, their means are the centers, and the inertia is that of k-means', async () => {
  const middles = [0, 100, 200, 300];
  const stream = random.fork('clusters');
  const points = matrix(
    Float32Array.from({ length: 800 }, (_, e) => middles[(e >> 1) % 4] + stream.normal()),
    400,
    2,
  );
  const engine = await chooseEngine('reference');
  const start = spreadRows(points, 4, random.fork('start'));
  const { centers, inertia } = await lloydCenters(points, start, 10, { engine });
  const other = kMeans(points, { clusters: 4 }, random.fork('other'));
  expect(inertia).toBeCloseTo(other.inertia, 1);
  const sorted = (data: ArrayLike<number>) => Array.from(data).toSorted((a, b) => a - b);
  sorted(centers.data).forEach((x, e) => {
    expect(x).toBeCloseTo(sorted(other.centers.data)[e], 3);
  });
  await engine.dispose();
});

test('a center without rows stays where it is, and the given centers are not changed', async () => {
  const engine = await chooseEngine('reference');
  const points = matrix(Float32Array.of(1, 3), 2, 1);
  const start = matrix(Float32Array.of(0, 50), 2, 1);
  const { centers, inertia } = await lloydCenters(points, start, 1, { engine });
  expect([...centers.data, inertia]).toEqual([2, 50, 10]);
  expect([...start.data]).toEqual([0, 50]);
  await engine.dispose();
});
