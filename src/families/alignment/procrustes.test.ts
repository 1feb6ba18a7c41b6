import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { uniformPoints } from '../../manifolds/sampling.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { procrustes } from './procrustes.ts';

const { data, rows, cols } = uniformPoints(30, 3, Random.fromSeed(2));
const a = matrix(Float64Array.from(data), rows, cols);
/** Each row of A with its columns moved on by one, times a factor, and moved. */
const movedBy = (factor: number, shift: number) =>
  matrix(
    a.data.map((_, e) => factor * a.data[e - (e % 3) + ((e + 1) % 3)] + shift),
    rows,
    cols,
  );
const largestError = (y: ArrayLike<number>, b: Float64Array) =>
  b.reduce((most, value, e) => Math.max(most, Math.abs(value - y[e])), 0);

test('a space that was turned, stretched and moved is found again', async () => {
  const b = movedBy(2.5, 7);
  const { model, facts } = await procrustes({ a, b }, { scaled: true });
  expect(facts['scale']).toBeCloseTo(2.5, 12);
  expect(largestError((await procrustes.transform(model, a)).data, b.data)).toBeLessThan(1e-12);
});

test('a dozen pairs among all rows are enough', async () => {
  const b = movedBy(1, 0);
  const pairs = { a: [1, 4, 8, 12, 20], b: [1, 4, 8, 12, 20] };
  const { model, pairs: used } = await procrustes({ a, b, pairs });
  expect(used).toBe(5);
  expect(largestError((await procrustes.transform(model, a)).data, b.data)).toBeLessThan(1e-12);
});

test('refinement by mutual neighbours halves the error that ten noisy pairs leave', async () => {
  const d = 8;
  const wide = normalMatrix(300, d, 5);
  const exact = wide.data.map((_, e) => wide.data[e - (e % d) + ((e + 3) % d)]) as Float64Array;
  const noise = normalMatrix(300, d, 6).data;
  const b = matrix(
    exact.map((x, e) => x + 0.2 * noise[e]),
    300,
    d,
  );
  const few = Array.from({ length: 10 }, (_, i) => 11 * i);
  const errorOf = async (refine: number) => {
    const pairs = { a: few, b: few };
    const { model } = await procrustes({ a: wide, b, pairs }, { refine });
    return largestError((await procrustes.transform(model, wide)).data, exact);
  };
  expect(await errorOf(20)).toBeLessThan(0.5 * (await errorOf(0)));
});

test('refinement leaves given pairs as they are', async () => {
  const b = movedBy(1, 0);
  const all = Array.from({ length: 30 }, (_, i) => i);
  const { facts } = await procrustes({ a, b, pairs: { a: all, b: all } }, { refine: 5 });
  expect(facts['added']).toBe(0);
});

test('spaces of different sizes are told, unless the map stretches', async () => {
  const a = matrix(new Float64Array([1, 0, 0, 2, -1, 1, 0, -3]), 4, 2);
  const b = matrix(
    a.data.map((x) => 10 * x + 5),
    4,
    2,
  );
  expect((await procrustes({ a, b })).warnings).toEqual([
    'The rows of B spread 10 times as far about their mean as those of A, and the map keeps lengths: scaled (--scaled) would bring them to one size.',
  ]);
  expect((await procrustes({ a, b }, { scaled: true })).warnings).toEqual([]);
  expect((await procrustes({ a, b: a })).warnings).toEqual([]);
});
