import { expect, test } from 'vitest';
import { gathered, type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { unpairedProcrustes } from './unpaired-procrustes.ts';

/** Rows with a long tail on every axis, each axis of another width. */
const lopsided = (n: number, d: number, seed: number) => {
  const { data } = normalMatrix(n, d, seed);
  return matrix(
    Float64Array.from(data, (x, e) => (1 + (e % d)) * (x + 0.4 * x * x)),
    n,
    d,
  );
};
const turned = ({ data, rows: n, cols: d }: Matrix, factor = 1, shift = 0) =>
  matrix(
    Float64Array.from(data, (_, e) => factor * data[e - (e % d) + ((e + 1) % d)] + shift),
    n,
    d,
  );
const a = lopsided(120, 5, 1);
const order = Random.fromSeed(2).sample(120);
const gap = (x: Matrix, y: Matrix) =>
  Math.max(...Array.from(x.data, (value, e) => Math.abs(value - y.data[e])));

test('a copy that was turned, stretched, moved and shuffled is found again, from either start', async () => {
  const b = turned(a, 2.5, 7);
  for (const start of ['axes', 'cosines', 'auto'] as const) {
    const { model, facts, warnings, pairs } = await unpairedProcrustes(
      { a, b: gathered(b, order) },
      { start },
    );
    expect(gap(await unpairedProcrustes.transform(model, a), b)).toBeLessThan(1e-10);
    expect(facts['scale']).toBeCloseTo(2.5, 10);
    // In five dimensions a correction against hubs costs a row its own image now and then.
    expect(facts['mutual']).toBeGreaterThan(110);
    expect(warnings).toEqual([]);
    expect(pairs).toBe(0);
  }
});

test('pairs are not looked at', async () => {
  const b = turned(a);
  const pairs = { a: [0, 1, 2], b: [7, 3, 9] };
  expect(await unpairedProcrustes({ a, b, pairs }, { start: 'axes' })).toMatchObject({
    facts: (await unpairedProcrustes({ a, b }, { start: 'axes' })).facts,
  });
});

test('a space of more columns holds the copy of one of fewer', async () => {
  const b = turned(a);
  const wide = matrix(new Float64Array(120 * 8), 120, 8);
  for (let i = 0; i < 120; i++) wide.data.set(b.data.subarray(i * 5, (i + 1) * 5), i * 8 + 2);
  const { model } = await unpairedProcrustes({ a, b: gathered(wide, order) });
  expect(gap(await unpairedProcrustes.transform(model, a), wide)).toBeLessThan(1e-10);
});

test('with fewer rows matched than there are, the map is the same', async () => {
  const b = turned(a);
  const { model } = await unpairedProcrustes({ a, b }, { startRows: 90, rows: 100 });
  expect(gap(await unpairedProcrustes.transform(model, a), b)).toBeLessThan(1);
});

test('twice the same rows disturb nothing', async () => {
  const twice = gathered(a, [...order, ...order.slice(0, 50)]);
  const { model } = await unpairedProcrustes({ a: twice, b: turned(twice) }, { start: 'axes' });
  expect(gap(await unpairedProcrustes.transform(model, a), turned(a))).toBeLessThan(1e-10);
});

test('two clouds with nothing in common get a map and the sentence that it is a guess', async () => {
  const { warnings } = await unpairedProcrustes({
    a: normalMatrix(150, 6, 3),
    b: normalMatrix(150, 6, 4),
  });
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/without their shape come to .* take it for a guess/);
});

test('rows without a shape are refused', async () => {
  const flat = matrix(new Float64Array(12).fill(2), 4, 3);
  await expect(unpairedProcrustes({ a, b: flat })).rejects.toThrow(
    /all 4 rows of B are the same; expected rows that differ/,
  );
  await expect(unpairedProcrustes({ a: matrix(new Float64Array(3), 1, 3), b: a })).rejects.toThrow(
    /2 rows or more in A; got 1/,
  );
});

test('the example of the page prints what it says', async () => {
  const small = matrix(new Float64Array([3, 0, 0, 1, -1, 0, 2, 1, -4, -2]), 5, 2);
  const b = matrix(new Float64Array([2, -4, 0, 3, -1, 2, 0, -1, -1, 0]), 5, 2);
  const { model } = await unpairedProcrustes({ a: small, b });
  const { data } = await unpairedProcrustes.transform(model, small);
  expect(data[0].toFixed(3)).toBe('0.000');
  expect(data[1].toFixed(3)).toBe('3.000');
});
