import { expect, test } from 'vitest';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { gaussianLinear } from './gaussian-linear.ts';
import { pca } from './pca.ts';
import { expansionOf, influenceOf } from './public.ts';
import { drawnPairs, stressOf } from './support/row-pairs.ts';

/** An S in three columns, and columns of noise beside it. */
function curve(n: number, noise = 0): Matrix<Float64Array> {
  const random = Random.fromSeed(5);
  const rows = Array.from({ length: n }, () => {
    const t = 3 * Math.PI * (random.uniform() - 0.5);
    const own = [Math.sin(t), 2 * random.uniform(), Math.sign(t) * (Math.cos(t) - 1)];
    return [...own, ...Array.from({ length: noise }, () => 0.1 * random.normal())];
  });
  return matrix(Float64Array.from(rows.flat()), n, 3 + noise);
}

const small = { centers: 30, steps: 200, partners: 60 };

test('its stress is below that of the components where it begins', async () => {
  const points = curve(150);
  const { points: map, facts } = await gaussianLinear(points, small);
  const pairs = drawnPairs(points, 150, Random.fromSeed(1));
  const flat = stressOf(pairs, (await pca(points)).points);
  expect(stressOf(pairs, map)).toBeLessThan(0.95 * flat);
  expect(facts['stress']).toBeLessThan(0.95 * flat);
});

test('one map is linear: it begins at the components, and its blend is their derivative', async () => {
  const points = curve(80);
  const { model, points: map } = await gaussianLinear(points, {
    centers: 1,
    steps: 1,
    learningRate: 0,
  });
  const { points: flat } = await pca(points);
  map.data.forEach((y, e) => {
    expect(Math.abs(y)).toBeCloseTo(Math.abs(flat.data[e]), 10);
  });
  for (const stretch of await expansionOf(model, points)) expect(stretch).toBeCloseTo(1, 12);
});

test('columns of noise have less influence than those along the S', async () => {
  const points = curve(150, 3);
  const { model } = await gaussianLinear(points, small);
  const { data } = await influenceOf(model, points);
  const mean = (c: number) =>
    Array.from({ length: 150 }, (_, i) => data[i * 6 + c]).reduce((a, b) => a + b) / 150;
  const [x, , z, ...noise] = [0, 1, 2, 3, 4, 5].map(mean);
  expect(Math.min(x, z)).toBeGreaterThan(2 * Math.max(...noise));
});

test('expansion is what differences of places say', async () => {
  const points = curve(100);
  const { model } = await gaussianLinear(points, small);
  const random = Random.fromSeed(9);
  const directions = matrix(
    Float64Array.from({ length: 300 }, () => random.normal()),
    100,
    3,
  );
  const h = 1e-5;
  const moved = (sign: number) =>
    gaussianLinear.transform(
      model,
      matrix(
        points.data.map((x, e) => x + sign * h * directions.data[e]),
        100,
        3,
      ),
    );
  const [ahead, behind] = [await moved(1), await moved(-1)];
  const along = await expansionOf(model, points, directions);
  for (let i = 0; i < 100; i++) {
    const [a, b, c] = directions.data.subarray(3 * i, 3 * i + 3);
    const [p, q] = [2 * i, 2 * i + 1];
    const step = Math.hypot(ahead.data[p] - behind.data[p], ahead.data[q] - behind.data[q]);
    // Central differences of step h: an error of h², and rounding of 1e-16/h.
    expect(along[i]).toBeCloseTo(step / (2 * h * Math.hypot(a, b, c)), 6);
  }
});

test('the published loss matches squared distances with distances: far pairs are drawn together', async () => {
  const points = curve(100);
  const { points: map, facts } = await gaussianLinear(points, { ...small, loss: 'published' });
  const like = await gaussianLinear(points, small);
  expect(facts['stress']).toBeGreaterThan(like.facts['stress']);
  expect(map.data.every(Number.isFinite)).toBe(true);
});

test('equal rows lie at one place; more columns than there are are refused', async () => {
  const { points: map } = await gaussianLinear(matrix(new Float64Array(12).fill(3), 4, 3), {
    steps: 3,
  });
  expect(Array.from(map.data, Math.abs)).toEqual(new Array(8).fill(0));
  await expect(gaussianLinear(curve(10), { dim: 4 })).rejects.toThrow(
    'gaussian-linear: option "dim" must be at most 3, the columns; got 4.',
  );
  const { model } = await gaussianLinear(curve(10), { steps: 1 });
  await expect(influenceOf(model, matrix(new Float64Array(4), 2, 2))).rejects.toThrow(
    'influenceOf: expected rows of 3; got 2.',
  );
  await expect(expansionOf(model, curve(10), matrix(new Float64Array(4), 2, 2))).rejects.toThrow(
    'expansionOf: expected a direction of 3 for each of 10 rows; got 2 × 2.',
  );
});
