import { expect, test } from 'vitest';
import { type Matrix, matrix, toFloat32 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { chooseEngine } from '../../engine/choose.ts';
import { referenceEngine } from '../../engine/reference.ts';
import type { Model } from '../../learning/index.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { pca } from './pca.ts';

const arrayOf = ({ parameters }: Model, wanted: string) =>
  parameters.find(({ name }) => name === wanted)?.data ?? [];

/** A cloud three times as wide along (1, 2, 2)/3 as across. */
function cloud() {
  const random = Random.fromSeed(4);
  const axis = [1 / 3, 2 / 3, 2 / 3];
  const data = new Float64Array(200 * 3);
  for (let i = 0; i < 200; i++) {
    const along = 3 * random.normal();
    for (let c = 0; c < 3; c++) data[i * 3 + c] = 5 + along * axis[c] + 0.1 * random.normal();
  }
  return matrix(data, 200, 3);
}

test('the first axis is the one along which the rows vary most, whatever their mean', async () => {
  const { model, facts } = await pca(cloud(), { dim: 1 });
  const [x, y, z] = arrayOf(model, 'axes');
  expect(Math.abs((x + 2 * y + 2 * z) / 3)).toBeGreaterThan(0.999);
  expect(facts['explained']).toBeGreaterThan(0.99);
});

test('with all columns it is a rotation about the mean: distances stay', async () => {
  const points = cloud();
  const { points: turned, facts } = await pca(points, { dim: 3 });
  const distance = ({ data }: typeof points, i: number, j: number) =>
    Math.hypot(...[0, 1, 2].map((c) => data[i * 3 + c] - data[j * 3 + c]));
  for (const [i, j] of [
    [0, 1],
    [3, 99],
    [150, 7],
  ])
    expect(distance(turned as typeof points, i, j)).toBeCloseTo(distance(points, i, j), 10);
  expect(facts['explained']).toBeCloseTo(1, 12);
});

const of = (points: Matrix, i: number, j: number) => {
  let squared = 0;
  for (let c = 0; c < points.cols; c++)
    squared += (points.data[i * points.cols + c] - points.data[j * points.cols + c]) ** 2;
  return Math.sqrt(squared);
};

test('fewer rows than columns: n − 1 components keep all distances', async () => {
  const points = normalMatrix(6, 20, 1);
  const { points: placed, facts, warnings } = await pca(points, { dim: 5 });
  for (let i = 0; i < 6; i++)
    for (let j = 0; j < i; j++) expect(of(placed, i, j)).toBeCloseTo(of(points, i, j), 11);
  expect(facts['explained']).toBeCloseTo(1, 12);
  expect(warnings).toEqual([]);
});

test('each component has its share of the variance, which add up to what is explained', async () => {
  const { model, facts } = await pca(cloud(), { dim: 2 });
  const [first, second] = arrayOf(model, 'explained');
  expect(first).toBeGreaterThan(second);
  expect(first + second).toBeCloseTo(facts['explained'], 14);
  // Variance 9 along the axis and 0.01 across, twice.
  expect(second).toBeCloseTo(0.01 / 9.02, 3);
});

test('whitened components have covariance 1', async () => {
  const { points } = await pca(cloud(), { dim: 3, whiten: true });
  for (let a = 0; a < 3; a++) {
    for (let b = 0; b < 3; b++) {
      let sum = 0;
      for (let i = 0; i < 200; i++) sum += points.data[i * 3 + a] * points.data[i * 3 + b];
      expect(sum / 200).toBeCloseTo(a === b ? 1 : 0, 10);
    }
  }
});

test('without the leading components the next ones come first', async () => {
  const points = normalMatrix(40, 6, 2);
  const { points: all, facts: whole } = await pca(points, { dim: 5 });
  const { points: rest, facts } = await pca(points, { dim: 3, removeTop: 2 });
  rest.data.forEach((y, e) => {
    expect(y).toBeCloseTo(all.data[Math.floor(e / 3) * 5 + 2 + (e % 3)], 12);
  });
  expect(facts['explained'] + facts['removed']).toBeCloseTo(whole['explained'], 12);
});

test('standardized, the scale of a column does not matter and a constant one counts as 0', async () => {
  const points = normalMatrix(40, 3, 3);
  const wide = matrix(
    Float64Array.from({ length: 160 }, (_, e) =>
      e % 4 === 3 ? 0.1 : points.data[Math.floor(e / 4) * 3 + (e % 4)] * [1, 1000, 0.01][e % 4],
    ),
    40,
    4,
  );
  const { points: placed, model, warnings } = await pca(wide, { dim: 2, standardize: true });
  const { points: plain } = await pca(points, { dim: 2, standardize: true });
  placed.data.forEach((y, e) => {
    expect(y).toBeCloseTo(plain.data[e], 10);
  });
  expect(warnings).toEqual(['1 column is constant and counts as 0.']);
  const other = matrix(
    Float64Array.from(wide.data, (x, e) => (e % 4 === 3 ? 7 : x)),
    40,
    4,
  );
  expect(await pca.transform(model, other)).toEqual(placed);
});

test('equal rows, and rows of a line, say that nothing else varies', async () => {
  // The mean of three times 0.1 is not 0.1.
  const same = matrix(new Float64Array(9).fill(0.1), 3, 3);
  const nothing = await pca(same, { dim: 2 });
  expect(nothing.facts['explained']).toBe(1);
  expect(nothing.points.data.every((y) => y === 0)).toBe(true);
  expect(nothing.warnings).toEqual([
    'The rows vary in 0 directions alone; columns of the result from 0 on (counted from 0) are 0.',
  ]);
  const line = matrix(Float64Array.of(0, 0, 1, 2, 2, 4, 2, 4), 4, 2);
  const { points, warnings } = await pca(line, { dim: 2 });
  expect(warnings).toEqual([
    'The rows vary in 1 direction alone; columns of the result from 1 on (counted from 0) are 0.',
  ]);
  expect(points.data.filter((_, e) => e % 2 === 1).every((y) => y === 0)).toBe(true);
  expect(of(points, 0, 3)).toBeCloseTo(Math.sqrt(20), 12);
});

test('more components than there are is refused in a sentence', async () => {
  await expect(pca(normalMatrix(5, 9, 1), { dim: 5 })).rejects.toThrow(
    'pca: option "dim" must be at most 4, the components of 5 rows of 9 columns; got 5.',
  );
  await expect(pca(normalMatrix(9, 5, 1), { dim: 4, removeTop: 2 })).rejects.toThrow(
    'pca: option "dim" must be at most 3, the components of 9 rows of 5 columns less the 2 removed; got 4.',
  );
  await expect(pca(normalMatrix(9, 5, 1), { dim: 1, removeTop: 5 })).rejects.toThrow(
    'pca: option "removeTop" must be less than the 5 components there are; got 5.',
  );
});

test('engines and threads agree: axes do not turn round, and a thread more changes no byte', async () => {
  const points = toFloat32(normalMatrix(300, 20, 6));
  const { points: exact } = await pca(points, { dim: 4 }, { engine: referenceEngine });
  const engines = await Promise.all([1, 2].map((threads) => chooseEngine('wasm', { threads })));
  for (const solver of ['exact', 'randomized'] as const) {
    const [one, two] = await Promise.all(
      engines.map((engine) => pca(points, { dim: 4, solver, iterations: 30 }, { engine })),
    );
    expect(two.points).toEqual(one.points);
    one.points.data.forEach((y, e) => {
      // Float32 products: about 1e-6 of the largest coordinate, over the gaps of the spectrum.
      expect(Math.abs(y - exact.data[e])).toBeLessThan(1e-3);
    });
  }
  for (const engine of engines) await engine.dispose();
});

test('above 2,000 rows and columns it sketches, and says how far it is off', async () => {
  const random = Random.fromSeed(8);
  const [n, d] = [2001, 2002];
  const axis = Float64Array.from({ length: d }, () => random.normal());
  const points = matrix(new Float32Array(n * d), n, d);
  for (let i = 0; i < n; i++) {
    const along = random.normal();
    for (let c = 0; c < d; c++) points.data[i * d + c] = along * axis[c];
  }
  const { facts } = await pca(points, { dim: 1, iterations: 1 });
  expect(facts['explained']).toBeCloseTo(1, 5);
  expect(facts['residual']).toBeLessThan(1e-5);
});
