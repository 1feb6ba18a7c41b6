import { describe, expect, test } from 'vitest';
import { Random } from '../../../core/random.ts';
import { hadamardInPlace } from '../../../numerics/fourier/hadamard.ts';
import { gradientRatios } from '../../../testing/gradient-check.ts';
import { denseProjection } from './dense-projection.ts';
import { fastfoodProjection } from './fastfood-projection.ts';
import { type Projection, projected } from './projection.ts';
import { sparseProjection } from './sparse-projection.ts';

const random = Random.fromSeed(3);
const normals = (length: number, name: string) => {
  const out = new Float64Array(length);
  random.fork(name).normals(out);
  return out;
};
const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, e) => sum + x * b[e], 0);

function timesOf(projection: Projection, v: Float64Array): Float64Array {
  const out = new Float64Array(projection.rows);
  projection.times(v, out);
  return out;
}

const columnOf = (projection: Projection, j: number) =>
  timesOf(projection, new Float64Array(projection.cols).fill(1, j, j + 1));

describe.each([
  ['dense', denseProjection],
  ['sparse', sparseProjection],
  ['fastfood', fastfoodProjection],
] as const)('%s', (name, made) => {
  test('⟨P·v, g⟩ is ⟨v, Pᵀ·g⟩', () => {
    const projection = made(random.fork(name), 150, 20);
    const [v, g, back] = [normals(20, 'v'), normals(150, 'g'), new Float64Array(20)];
    projection.transposedTimes(g, back);
    expect(dot(timesOf(projection, v), g)).toBeCloseTo(dot(v, back), 11);
  });

  test('the operation has the gradient of its value', async () => {
    const projection = made(random.fork(name), 70, 9);
    const ratios = await gradientRatios((v) => projected(projection, v), [[9]]);
    expect(Math.min(...ratios)).toBeGreaterThan(3.8);
  });

  test('keeps squared lengths on average, within 2 %', () => {
    let [before, after] = [0, 0];
    for (let repeat = 0; repeat < 40; repeat++) {
      const v = normals(50, `v ${repeat}`);
      const moved = timesOf(made(random.fork(`${name} ${repeat}`), 3000, 50), v);
      before += dot(v, v);
      after += dot(moved, moved);
    }
    // One ratio deviates by √(2/3000) or, sparse, √(2/√3000·50/3000): 40 of them by less than 0.6 %.
    expect(Math.abs(after / before - 1)).toBeLessThan(0.02);
  });

  test('the seed decides its numbers', () => {
    const column = (seed: number) => columnOf(made(Random.fromSeed(seed), 90, 7), 3);
    expect(column(1)).toEqual(column(1));
    expect(column(2)).not.toEqual(column(1));
  });

  test('one row and one column are enough', () => {
    const [one] = timesOf(made(random.fork(name), 1, 1), Float64Array.of(3));
    expect(Math.abs(one)).toBeCloseTo(3, 14);
  });
});

test('columns of dense and sparse have the length 1, of fastfood where no row is left out', () => {
  for (const made of [denseProjection, sparseProjection, fastfoodProjection]) {
    const projection = made(random, 256, 10);
    for (let j = 0; j < 10; j++) {
      const column = columnOf(projection, j);
      expect(dot(column, column)).toBeCloseTo(1, 12);
    }
  }
});

test('dense numbers are the same whether they are kept or drawn again', () => {
  const [kept, drawn] = [denseProjection(random, 150, 8), denseProjection(random, 150, 8, 0)];
  const v = normals(8, 'v');
  expect(timesOf(drawn, v)).toEqual(timesOf(kept, v));
  const [a, b] = [new Float64Array(8), new Float64Array(8)];
  const g = normals(150, 'g');
  kept.transposedTimes(g, a);
  drawn.transposedTimes(g, b);
  expect(b).toEqual(a);
});

test('a sparse column has √D numbers of one size, of both signs', () => {
  const columns = Array.from({ length: 20 }, (_, j) =>
    columnOf(sparseProjection(random, 400, 20), j).filter((x) => x !== 0),
  );
  expect(columns.map(({ length }) => length)).toEqual(columns.map(() => 20));
  const all = columns.flatMap((column) => [...column]);
  expect(new Set(all)).toEqual(new Set([1 / Math.sqrt(20), -1 / Math.sqrt(20)]));
});

test('fastfood is H·G·Π·H·B over all places', () => {
  const [rows, cols, length] = [100, 5, 128];
  const stream = random.fork('whole');
  const v = normals(cols, 'v');
  const signs = stream.fork('signs');
  const x = new Float64Array(length);
  for (let j = 0; j < cols; j++) x[j] = (signs.uint32() & 1 ? 1 : -1) * v[j];
  hadamardInPlace(x, 0, length);
  const places = stream.fork('places').sample(length);
  const weights = new Float64Array(length);
  stream.fork('weights').normals(weights);
  const y = Float64Array.from(weights, (w, i) => w * x[places[i]]);
  hadamardInPlace(y, 0, length);
  const factor = length / Math.sqrt(rows * dot(weights, weights));
  const found = timesOf(fastfoodProjection(stream, rows, cols), v);
  found.forEach((value, i) => {
    expect(value).toBeCloseTo(factor * y[i], 12);
  });
});

test('another count of numbers is refused', () => {
  const v = { shape: [4], name: 'v', inputs: [], needsGradient: true };
  expect(() => projected(denseProjection(random, 9, 3), v)).toThrow('3 numbers, columns of P');
});
