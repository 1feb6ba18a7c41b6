import { expect, test } from 'vitest';
import { type Matrix, matrix, row } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { memoryStore } from '../../io/byte-store.ts';
import { euclidean, poincareBall, sphere } from '../../manifolds/index.ts';
import { uniformPoints } from '../../manifolds/sampling.ts';
import { rieSne } from './rie-sne.ts';
import { tsne } from './tsne.ts';
import type { Frame } from './types.ts';

const QUICK = { perplexity: 8, earlySteps: 60, steps: 120 };
const ROUND = { ...QUICK, target: 'sphere' as const };

function onManifold(
  manifold: { randomPoint(random: Random, out: Float64Array): void },
  n: number,
  d: number,
): Matrix<Float64Array> {
  const random = Random.fromSeed(5);
  const points = matrix(new Float64Array(n * d), n, d);
  for (let i = 0; i < n; i++) manifold.randomPoint(random, row(points, i));
  return points;
}

test.each([1, 2, 3])('flat rows and a flat map of %i columns: the bytes of t-SNE', async (dim) => {
  const points = onManifold(euclidean, 70, 5);
  const own = await rieSne(points, { ...QUICK, dim, manifold: 'euclidean' });
  const plain = await tsne(points, { ...QUICK, dim });
  expect(own.points).toEqual(plain.points);
  expect(own.facts).toEqual(plain.facts);
  const rows = onManifold(euclidean, 75, 5);
  expect(await rieSne.transform(own.model, rows)).toEqual(await tsne.transform(plain.model, rows));
});

test('output on the sphere is n × 3 unit rows, of fitted and of new rows', async () => {
  const points = onManifold(sphere, 60, 5);
  const { points: map, model, facts } = await rieSne(points, ROUND);
  const placed = await rieSne.transform(model, onManifold(sphere, 65, 5));
  for (const rows of [map, placed]) {
    expect(rows.cols).toBe(3);
    for (let i = 0; i < rows.rows; i++) expect(Math.hypot(...row(rows, i))).toBeCloseTo(1, 12);
  }
  expect(facts['concentration']).toBeGreaterThan(0);
});

test('points of S² go back to S² nearly as they were, whatever their rotation', async () => {
  const { data } = uniformPoints(150, 3, Random.fromSeed(2));
  const points = matrix(Float64Array.from(data), 150, 3);
  const { points: map } = await rieSne(points, { target: 'sphere' });
  let [error, size] = [0, 0];
  for (let i = 0; i < 150; i++) {
    for (let j = 0; j < i; j++) {
      const distance = sphere.distance(row(points, i), row(points, j));
      error += (sphere.distance(row(map, i), row(map, j)) - distance) ** 2;
      size += distance ** 2;
    }
  }
  expect(Math.sqrt(error / size)).toBeLessThan(0.1);
});

test('on the sphere only directions count', async () => {
  const points = onManifold(sphere, 40, 4);
  const longer = { ...points, data: points.data.map((x) => 4 * x) };
  expect((await rieSne(longer, QUICK)).points).toEqual((await rieSne(points, QUICK)).points);
});

test('in the ball, neighbors are those of hyperbolic distance: a point near the edge is far from its Euclidean ones', async () => {
  // A pair at the edge, close in the plane and far in the ball, among rows near the origin.
  const random = Random.fromSeed(1);
  const data = Float64Array.from({ length: 80 }, () => 0.1 * random.normal());
  data.set([0.9999, 0, 0.9999, 0.01]);
  const points = matrix(data, 40, 2);
  const ball = poincareBall(1);
  expect(ball.distance(row(points, 0), row(points, 1))).toBeGreaterThan(8);
  const gap = (map: Matrix) => {
    const between = (i: number, j: number) =>
      euclidean.distance(row(map, i) as Float64Array, row(map, j) as Float64Array);
    const all = Array.from({ length: 39 }, (_, j) => between(0, j + 1));
    return between(0, 1) / (all.reduce((sum, x) => sum + x, 0) / 39);
  };
  const flat = await rieSne(points, { ...QUICK, manifold: 'euclidean' });
  const curved = await rieSne(points, { ...QUICK, manifold: 'poincare-ball' });
  expect(gap(curved.points)).toBeGreaterThan(gap(flat.points));
});

test('a deep point of the ball in many dimensions keeps finite weights', async () => {
  const points = onManifold(poincareBall(1), 50, 60);
  points.data.fill(0, 0, 60);
  points.data[0] = 1 - 1e-10;
  const { points: map, model } = await rieSne(points, { ...QUICK, manifold: 'poincare-ball' });
  expect(map.data.every(Number.isFinite)).toBe(true);
  const placed = await rieSne.transform(model, points);
  expect(placed.data.every(Number.isFinite)).toBe(true);
});

test('what lies outside the ball, has no direction or has one column is refused in a sentence', async () => {
  const points = matrix(Float64Array.of(0.1, 0, 0, 0.2, 3, 4), 3, 2);
  await expect(rieSne(points, { manifold: 'poincare-ball' })).rejects.toThrow(
    'rie-sne: row 2 has length 5; points of the Poincaré ball are shorter than 1.',
  );
  const zero = matrix(Float64Array.of(1, 0, 0, 0), 2, 2);
  await expect(rieSne(zero)).rejects.toThrow(/length zero/);
  await expect(rieSne(points, { target: 'sphere', dim: 1 })).rejects.toThrow(/2 or 3/);
});

test('duplicates and very few rows give unit rows on the sphere', async () => {
  const two = matrix(Float64Array.of(1, 0, 0, 1, 0, 0), 2, 3);
  const { points } = await rieSne(two, ROUND);
  for (const i of [0, 1]) expect(Math.hypot(...row(points, i))).toBeCloseTo(1, 12);
});

test('output on the sphere goes on from a checkpoint to the same bytes', async () => {
  const points = onManifold(sphere, 50, 4);
  const whole = await rieSne(points, ROUND);
  const store = memoryStore();
  const controller = new AbortController();
  const onFrame = ({ step }: Frame) => {
    if (step >= 90) controller.abort();
  };
  const checkpoint = { store, every: 40 };
  const { signal } = controller;
  await expect(rieSne(points, ROUND, { checkpoint, onFrame, signal })).rejects.toThrow();
  const resumed = await rieSne(points, ROUND, { checkpoint, resume: true });
  expect(resumed.points).toEqual(whole.points);
  expect(resumed.facts).toEqual(whole.facts);
});
