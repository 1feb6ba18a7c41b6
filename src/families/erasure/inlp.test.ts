import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { normalMatrix, orthogonalityDefect, transpose } from '../../testing/matrices.ts';
import { inlp } from './inlp.ts';

const classes = Array.from({ length: 400 }, (_, i) => 'ab'[i % 2]);

/** Normal rows whose first two columns tell two classes, the second less. */
function told() {
  const points = normalMatrix(400, 6, 3);
  for (let i = 0; i < 400; i += 2) {
    points.data[6 * i] += 5;
    points.data[6 * i + 1] += 3;
  }
  return points;
}

test('held-out rows are no longer told, and were before', async () => {
  const { facts, warnings } = await inlp({ points: told(), classes });
  expect(facts['before']).toBeGreaterThan(0.95);
  // The majority's share, 0.5, and a standard error of 80 rows.
  expect(facts['after']).toBeLessThanOrEqual((facts['majority'] ?? 0) + 0.06);
  expect(warnings).toEqual([]);
});

test('what is taken out is orthonormal, one direction a round for two classes', async () => {
  const { model, rank, facts } = await inlp({ points: told(), classes });
  const { data, shape } = model.parameters.find(({ name }) => name === 'writes') ?? {};
  const basis = matrix(data as Float64Array, rank, 6);
  expect(shape).toEqual([rank, 6]);
  expect(rank).toBe(facts['rounds']);
  expect(orthogonalityDefect(transpose(basis))).toBeLessThan(1e-12);
});

test('the first direction is that of the difference of the means where columns are alike', async () => {
  const points = normalMatrix(4000, 3, 5);
  for (let i = 0; i < 4000; i += 2) points.data[3 * i] += 4;
  const names = Array.from({ length: 4000 }, (_, i) => `${i % 2}`);
  const { model } = await inlp({ points, classes: names }, { rounds: 1 });
  const { data } = model.parameters.find(({ name }) => name === 'writes') ?? {};
  // Sampling turns it by about √(2/3200).
  expect(Math.abs(data?.[0] ?? 0)).toBeGreaterThan(0.998);
});

test('the covariance does not come back by rounding: all columns can be taken out', async () => {
  const points = normalMatrix(60, 2, 4);
  for (let i = 0; i < 60; i += 2) points.data[2 * i] += 50;
  const names = Array.from({ length: 60 }, (_, i) => `${i % 2}`);
  const { rank } = await inlp({ points, classes: names }, { rounds: 10 });
  expect(rank).toBeGreaterThanOrEqual(1);
  expect(rank).toBeLessThanOrEqual(2);
});

test('too few rounds are told', async () => {
  // The first direction is that of the difference of two columns; the sum of both then tells the classes still.
  const points = normalMatrix(400, 2, 9);
  for (let i = 0; i < 400; i++) {
    points.data[2 * i] = points.data[2 * i + 1] + 0.1 * points.data[2 * i] + (i % 2 ? 0 : 3);
  }
  const { warnings, rank } = await inlp({ points, classes }, { rounds: 1 });
  expect(rank).toBe(1);
  expect(warnings).toEqual([
    '1 of 2 dimensions are taken out: fewer classes, or wider rows, leave more of the rest.',
    'After 1 round a classifier still tells the classes: more rounds would go on.',
  ]);
});

test('equal rows, and classes by chance, lose nothing', async () => {
  const equal = matrix(new Float64Array(20).fill(3), 10, 2);
  const names = Array.from({ length: 10 }, (_, i) => `${i % 2}`);
  expect((await inlp({ points: equal, classes: names })).rank).toBe(0);
  const random = Random.fromSeed(8);
  const drawn = classes.map(() => (random.uniform() < 0.5 ? 'a' : 'b'));
  expect((await inlp({ points: normalMatrix(400, 4, 6), classes: drawn })).rank).toBe(0);
});
