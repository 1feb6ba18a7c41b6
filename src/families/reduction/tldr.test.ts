import { expect, test } from 'vitest';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { memoryStore } from '../../io/byte-store.ts';
import { columnScales } from '../../numerics/rows/column-scales.ts';
import { clusters, nearestAgrees } from '../../testing/maps.ts';
import { crossCorrelation } from '../objectives/index.ts';
import { tldr } from './tldr.ts';

const few = { dim: 2, projector: 0, epochs: 40 };

/** Correlation of two columns. */
function correlation(points: Matrix, a: number, b: number): number {
  const { mean, inverse } = columnScales(points);
  let sum = 0;
  for (let i = 0; i < points.rows; i++)
    sum +=
      (points.data[i * points.cols + a] - mean[a]) * (points.data[i * points.cols + b] - mean[b]);
  return (sum * inverse[a] * inverse[b]) / points.rows;
}

/** Corners of a square with a little noise, a third column beside that repeats the first. */
function corners(n: number) {
  const random = Random.fromSeed(1);
  const rows = Array.from({ length: n }, (_, i) => [i & 1, (i >> 1) & 1, i & 1]);
  const data = Float64Array.from(rows.flat(), (x) => x + 0.1 * random.normal());
  return matrix(data, n, 3);
}

test('neighbours agree in columns that do not repeat one another: the loss is near 0', async () => {
  const { points, facts } = await tldr(corners(200), { dim: 2, projector: 0 });
  // The columns of the square have correlation 0.96 with those of a neighbour: 2·(1 − 0.96)² and what λ lets through.
  expect(facts['loss']).toBeLessThan(0.02);
  expect(
    nearestAgrees(
      points,
      Array.from({ length: 200 }, (_, i) => i & 3),
    ),
  ).toBe(1);
});

test('without its second term the columns repeat one another, with it they do not', async () => {
  const { points } = clusters(5, 40, 6);
  const overlap = async (lambda: number) =>
    Math.abs(correlation((await tldr(points, { ...few, lambda })).points, 0, 1));
  expect(await overlap(1)).toBeLessThan(0.2);
  expect(await overlap(0)).toBeGreaterThan(0.5);
});

test('the last loss is that of the objective on the pairs of the last step', async () => {
  // Every row has one copy: all pairs are equal, and the loss is that of a set with itself.
  const { points } = clusters(4, 10, 3);
  const twice = matrix(Float64Array.of(...points.data, ...points.data), 80, 3);
  const options = { ...few, k: 1, epochs: 1, warmup: 0, learningRate: 0 };
  const { points: placed, facts } = await tldr(twice, options);
  const views = matrix(Float64Array.of(...placed.data, ...placed.data), 160, 2);
  const partners = Int32Array.from({ length: 160 }, (_, i) => (i + 80) % 160);
  const { loss } = await crossCorrelation(views, { lambda: 3.9e-3 }, { partners });
  // ε of the normalization counts for more where rows are not scaled: 1e-5 of a variance.
  expect(facts['loss']).toBeCloseTo(loss, 4);
});

test('a linear encoder is linear: the place of a mean is the mean of the places', async () => {
  const { points } = clusters(3, 20, 5);
  const { model } = await tldr(points, { ...few, projector: 8 });
  const [x, y] = [points.data.slice(0, 5), points.data.slice(100, 105)];
  const middle = x.map((value, c) => (value + y[c]) / 2);
  const { data } = await tldr.transform(
    model,
    matrix(Float64Array.of(...x, ...y, ...middle), 3, 5),
  );
  for (const c of [0, 1]) expect(data[4 + c]).toBeCloseTo((data[c] + data[2 + c]) / 2, 10);
});

test('a perceptron is no linear map, and its normalization is part of the model', async () => {
  const { points, labels } = clusters(4, 25, 5);
  const options = { ...few, encoder: 'mlp', hidden: 16, epochs: 100 } as const;
  const { points: placed, model } = await tldr(points, options);
  expect(nearestAgrees(placed, labels)).toBe(1);
  const alone = await tldr.transform(model, matrix(points.data.slice(0, 5), 1, 5));
  expect([...alone.data]).toEqual([...placed.data.slice(0, 2)]);
  expect(model.parameters.map(({ name }) => name).toSorted()).toEqual([
    'losses',
    'mean',
    'shift.0',
    'shift.1',
    'weight.0',
    'weight.1',
  ]);
});

test('known neighbours decide the pairs: rows paired with any rows have nothing in common', async () => {
  const { points } = clusters(6, 30, 4);
  const random = Random.fromSeed(4);
  const n = points.rows;
  const neighbors = {
    indices: Int32Array.from({ length: 5 * n }, () => random.integer(n)),
    distances: new Float64Array(5 * n).fill(1),
    n,
    k: 5,
  };
  const { facts } = await tldr(points, few);
  const { facts: lost } = await tldr(points, few, { neighbors });
  expect(lost['loss']).toBeGreaterThan(10 * facts['loss']);
});

test('stopped at any step, it goes on from its checkpoint to the same bytes', async () => {
  const { points } = clusters(3, 20, 4);
  const options = {
    ...few,
    encoder: 'mlp',
    hidden: 6,
    projector: 6,
    epochs: 12,
    batch: 20,
  } as const;
  const whole = await tldr(points, options);
  for (const last of [1, 7, 35]) {
    const checkpoint = { store: memoryStore(), every: 1 };
    const controller = new AbortController();
    const onFrame = ({ step }: { step: number }) => {
      if (step === last) controller.abort();
    };
    const stopped = tldr(points, options, { signal: controller.signal, onFrame, checkpoint });
    await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
    const resumed = await tldr(points, options, { checkpoint, resume: true });
    expect(resumed.points).toEqual(whole.points);
  }
});

test('a checkpoint of other rows or options is refused in a sentence', async () => {
  const { points } = clusters(2, 20, 4);
  const checkpoint = { store: memoryStore('run.ckpt') };
  await tldr(points, { ...few, epochs: 2 }, { checkpoint });
  const again = { checkpoint, resume: true };
  await expect(tldr(points, { ...few, epochs: 2, lambda: 1 }, again)).rejects.toThrow(
    /run\.ckpt: options of the checkpoint is .*--resume/,
  );
  const other = clusters(2, 20, 4, 2).points;
  await expect(tldr(other, { ...few, epochs: 2 }, again)).rejects.toThrow(/rows of the checkpoint/);
});

test('more columns than there are, few rows, copies and constant columns: a sentence or a right result', async () => {
  const { points } = clusters(1, 10, 3);
  await expect(tldr(points, { dim: 4 })).rejects.toThrow(
    'tldr: option "dim" must be at most the 3 columns; got 4.',
  );
  const two = await tldr(matrix(Float64Array.of(0, 1, 2, 3), 2, 2), few);
  expect(two.warnings).toEqual([
    '2 rows have 1 neighbours each; 5 were asked for.',
    'Batches of 2 rows that vary in 2 columns have at most 1 direction; the 2 columns of the result repeat one another.',
  ]);
  const equal = await tldr(matrix(new Float64Array(30).fill(2), 10, 3), few);
  expect(equal.warnings).toEqual(['The rows are all equal, and so are those of the result.']);
  expect(equal.points.data.every((x) => x === 0)).toBe(true);
  const constant = matrix(
    points.data.map((x, e) => (e % 3 === 1 ? 7 : x)),
    10,
    3,
  );
  const { points: placed, warnings } = await tldr(constant, { ...few, dim: 1 });
  expect(warnings).toEqual([]);
  expect(placed.data.every(Number.isFinite)).toBe(true);
});
