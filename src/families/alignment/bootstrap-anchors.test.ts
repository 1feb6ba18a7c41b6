import { expect, test } from 'vitest';
import { gathered, type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { bootstrapAnchors } from './bootstrap-anchors.ts';
import { relative } from './relative.ts';

const n = 80;
const d = 6;
const a = normalMatrix(n, d, 1);
const order = Random.fromSeed(2).sample(n);
/** Where row i of A went. */
const placeOf = new Int32Array(n);
order.forEach((row, place) => {
  placeOf[row] = place;
});
/** A stretched, moved, turned and shuffled. */
const b = gathered(
  matrix(
    a.data.map((_, e) => 2 * a.data[e - (e % d) + ((e + 1) % d)] + 5),
    n,
    d,
  ),
  order,
);
const few = [3, 14, 15, 9, 26, 5, 35, 8];
const pairs = { a: few, b: few.map((row) => placeOf[row]) };
const arrayOf =
  (model: { parameters: readonly { name: string; data: ArrayLike<number> }[] }) => (name: string) =>
    Array.from(model.parameters.find((own) => own.name === name)?.data ?? []);

const foundRight = (table: readonly number[]) =>
  Array.from({ length: table.length / 2 }, (_, at) => at).filter(
    (at) => table[2 * at + 1] === placeOf[table[2 * at]],
  ).length;

test('eight pairs find the other anchors of a turned, moved, stretched copy', async () => {
  const { model, facts, pairs: used } = await bootstrapAnchors({ a, b, pairs }, { anchors: 60 });
  expect(used).toBe(8);
  expect(facts).toMatchObject({ given: 8, found: 52 });
  const table = arrayOf(model)('pairs');
  expect(foundRight(table)).toBe(60);
  expect(new Set(table.filter((_, e) => e % 2 === 0)).size).toBe(60);
  const confidence = arrayOf(model)('confidence');
  expect(confidence.slice(0, 8)).toEqual(Array(8).fill(1));
  expect(Math.min(...confidence)).toBeGreaterThan(0.8);
  expect(await largestGap(model)).toBeLessThan(1e-10);
});

test('from random partners most are found with twenty pairs, and none is found by no step', async () => {
  const rows = Array.from({ length: 20 }, (_, i) => 3 * i);
  const more = { a: rows, b: rows.map((row) => placeOf[row]) };
  const right = async (steps: number) => {
    const options = { anchors: 60, start: 'random', steps } as const;
    return foundRight(
      arrayOf((await bootstrapAnchors({ a, b, pairs: more }, options)).model)('pairs'),
    );
  };
  expect(await right(0)).toBeLessThan(26);
  expect(await right(100)).toBeGreaterThan(50);
});

/** Between the relative rows of A and those of their partners. */
async function largestGap(
  model: Parameters<typeof bootstrapAnchors.transform>[0],
): Promise<number> {
  const x = await bootstrapAnchors.transform(model, gathered(a, order));
  const y = await bootstrapAnchors.transform(model, b, 'b');
  return Math.max(...Array.from(x.data, (value, e) => Math.abs(value - y.data[e])));
}

test('with as many pairs as anchors nothing is looked for, and rows are relative to all rows’ mean', async () => {
  const { model, facts } = await bootstrapAnchors({ a, b, pairs }, { anchors: 8 });
  expect(facts).toEqual({ given: 8, found: 0 });
  expect(await largestGap(model)).toBeLessThan(1e-12);
  const all = { a: order, b: order.map((row) => placeOf[row]) };
  const whole = await bootstrapAnchors({ a, b, pairs: all }, { anchors: n });
  const plain = await relative({ a, b, pairs: all }, { anchors: n });
  const sorted = ({ data }: Matrix) => Float64Array.from(data.slice(0, n)).sort();
  const x = sorted(await bootstrapAnchors.transform(whole.model, a));
  const y = sorted(await relative.transform(plain.model, a));
  x.forEach((cosine, e) => {
    expect(cosine).toBeCloseTo(y[e], 10);
  });
});

test('a row given in two pairs is one anchor, and its other partner stays free', async () => {
  const twice = { a: [...pairs.a, 3], b: [...pairs.b, placeOf[40]] };
  const { facts } = await bootstrapAnchors({ a, b, pairs: twice }, { anchors: 20, steps: 5 });
  expect(facts).toMatchObject({ given: 8, found: 12 });
});

test('more anchors than rows are all rows', async () => {
  const { facts } = await bootstrapAnchors({ a, b, pairs }, { anchors: 1000, steps: 0 });
  expect(facts['given'] + facts['found']).toBe(n);
});

test('one pair is refused', async () => {
  await expect(bootstrapAnchors({ a, b, pairs: { a: [0], b: [0] } })).rejects.toThrow(
    /2 pairs or more; got 1/,
  );
});

test('the example of the page prints what it says', async () => {
  const small = matrix(new Float64Array([1, 0, 0, 2, -1, 1]), 3, 2);
  const moved = matrix(new Float64Array([0, 1, -2, 0, -1, -1]), 3, 2);
  const { model } = await bootstrapAnchors({ a: small, b: moved, pairs: { a: [0, 1], b: [0, 1] } });
  expect(arrayOf(model)('pairs').slice(-2).join(' ')).toBe('2 2');
});
