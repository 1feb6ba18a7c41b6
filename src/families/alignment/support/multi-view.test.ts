import { expect, test } from 'vitest';
import { type Matrix, matrix, rows, toFloat32 } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { referenceEngine } from '../../../engine/reference.ts';
import { meanRow } from '../../../numerics/rows/centered.ts';
import { canonicalDirections, canonicalParts } from './canonical.ts';
import { multiViewCca } from './multi-view.ts';

const random = Random.fromSeed(5);
const normal = (n: number, d: number) =>
  matrix(
    Float64Array.from({ length: n * d }, () => random.normal()),
    n,
    d,
  );

/** Views of the same things: a common number first, the others their own. */
function views(n: number, noise: readonly number[]): Matrix<Float64Array>[] {
  const common = normal(n, 1);
  return noise.map((sigma) => {
    const own = normal(n, 3);
    for (let i = 0; i < n; i++) own.data[3 * i] = 7 + common.data[i] + sigma * own.data[3 * i];
    return own;
  });
}

const column = ({ data, rows: n, cols: d }: Matrix, c: number) =>
  Array.from({ length: n }, (_, i) => data[i * d + c]);

const product = (x: readonly number[], y: readonly number[]) =>
  x.reduce((sum, value, i) => sum + value * y[i], 0);

test('of two views it is canonical correlation: δ = 1 ± ρ, and the same directions', async () => {
  const [a, b] = views(60, [0.5, 1]);
  const found = await multiViewCca([a, b], { ridge: 0.1, power: 0 });
  const context = { engine: referenceEngine, work: {} };
  const two = await canonicalDirections(await canonicalParts({ a, b }, context), 0.1, context);
  two.correlations.forEach((rho, k) => {
    expect(found.eigenvalues[k]).toBeCloseTo(1 + rho, 10);
    expect(found.eigenvalues[5 - k]).toBeCloseTo(1 - rho, 10);
  });
  const placed = await found.place(0, a);
  const mean = meanRow(a);
  for (let k = 0; k < 3; k++) {
    const own = Array.from({ length: 60 }, (_, i) =>
      [0, 1, 2].reduce((sum, c) => sum + (a.data[3 * i + c] - mean[c]) * two.a.data[3 * c + k], 0),
    );
    const sign = Math.sign(product(own, column(placed, k)));
    column(placed, k).forEach((x, i) => {
      expect(sign * x).toBeCloseTo(own[i], 8);
    });
  }
});

test('W keeps WᵀBW = m·I, and the eigenvalue of a direction is its mean product over views', async () => {
  const given = views(80, [0.2, 0.4, 0.8]);
  const { eigenvalues, place } = await multiViewCca(given, { ridge: 0, power: 0 });
  const placed = await Promise.all(given.map((view, k) => place(k, view)));
  for (const k of [0, 4, 8]) {
    const sums = placed.map((own) => column(own, k));
    const squares = sums.reduce((sum, own) => sum + product(own, own), 0);
    expect(squares).toBeCloseTo(3, 8);
    const total = sums[0].map((_, i) => sums.reduce((sum, own) => sum + own[i], 0));
    expect(product(total, total) / 3).toBeCloseTo(eigenvalues[k], 8);
  }
});

test('three equal views agree fully, δ = 3, and unrelated ones hardly, δ near 1', async () => {
  const [a] = views(400, [1]);
  const same = await multiViewCca([a, a, a], { ridge: 0 });
  for (const k of [0, 1, 2]) expect(same.eigenvalues[k]).toBeCloseTo(3, 9);
  const apart = await multiViewCca([normal(400, 3), normal(400, 3), normal(400, 3)]);
  // The correlations of 400 unrelated rows are of the order of 1/√400 = 0.05; nine are summed at most.
  expect(apart.eigenvalues[0]).toBeLessThan(1 + 9 * 0.05);
});

test('the power weighs coordinates by their eigenvalue, and dim keeps the first', async () => {
  const given = views(50, [0.5, 0.5, 0.5]);
  const plain = await multiViewCca(given, { power: 0 });
  const weighted = await multiViewCca(given, { power: 4, dim: 2 });
  expect(weighted.eigenvalues).toEqual(plain.eigenvalues.slice(0, 2));
  const [x, y] = [await plain.place(1, given[1]), await weighted.place(1, given[1])];
  for (const k of [0, 1]) {
    const factor = plain.eigenvalues[k] ** 4;
    column(y, k).forEach((value, i) => {
      expect(value).toBeCloseTo(factor * x.data[i * x.cols + k], 8);
    });
  }
});

test('float32 views give what float64 ones do, to their accuracy', async () => {
  const given = views(50, [0.5, 0.5, 0.5]);
  const [exact, single] = [
    await multiViewCca(given, { power: 1, dim: 2 }),
    await multiViewCca(given.map(toFloat32), { power: 1, dim: 2 }),
  ];
  const [x, y] = [await exact.place(2, given[2]), await single.place(2, toFloat32(given[2]))];
  expect(y.data).toBeInstanceOf(Float32Array);
  for (const k of [0, 1]) {
    expect(single.eigenvalues[k]).toBeCloseTo(exact.eigenvalues[k], 5);
    const [own, other] = [column(x, k), column(y, k)];
    const cosine = product(own, other) / Math.sqrt(product(own, own) * product(other, other));
    expect(Math.abs(cosine)).toBeGreaterThan(1 - 1e-8);
  }
});

test('a row is placed as if it were alone', async () => {
  const given = views(30, [0.5, 0.5]);
  const { place } = await multiViewCca(given);
  const all = await place(0, given[0]);
  const alone = await place(0, rows(given[0], 4, 5));
  expect(Array.from(alone.data)).toEqual(Array.from(all.data.subarray(4 * 6, 5 * 6)));
});

test('more columns than rows, equal rows and rank-deficient views give finite places', async () => {
  const wide = normal(6, 20);
  wide.data.set(wide.data.subarray(0, 20), 20);
  const flat = matrix(Float64Array.from([1, 2, 2, 4, 3, 6, 4, 8, 5, 10, 6, 12]), 6, 2);
  const { place, eigenvalues } = await multiViewCca([wide, flat, normal(6, 1)]);
  const placed = await place(0, wide);
  expect([...placed.data, ...eigenvalues].every(Number.isFinite)).toBe(true);
  expect(Array.from(placed.data.subarray(0, placed.cols))).toEqual(
    Array.from(placed.data.subarray(placed.cols, 2 * placed.cols)),
  );
});

test('what cannot be is refused in a sentence', async () => {
  const [a, b] = views(10, [1, 1]);
  const given: [readonly Matrix[], object, string][] = [
    [[a], {}, 'expected two views or more; got 1.'],
    [[a, rows(b, 0, 9)], {}, 'got 10 in view 0 and 9 in view 1.'],
    [[a, matrix(new Float64Array(10).fill(3), 10, 1)], {}, 'all rows of view 1 are equal'],
    [[a, matrix(new Float64Array(10).fill(NaN), 10, 1)], {}, 'view 1: row 0, column 0 is NaN'],
    [[a, b], { ridge: -1 }, 'expected a ridge of 0 or more; got -1.'],
    [[a, b], { dim: 0 }, 'expected 1 coordinate or more; got dim 0.'],
  ];
  for (const [views, options, sentence] of given)
    await expect(multiViewCca(views, options)).rejects.toThrow(sentence);
  const { place } = await multiViewCca([a, b]);
  await expect(place(2, a)).rejects.toThrow('there is no view 2 of 2.');
  await expect(place(0, normal(1, 4))).rejects.toThrow('expected rows of 3 of view 0; got 4.');
});
