import { expect, test } from 'vitest';
import { type Matrix, matrix, zeros64 } from '../../core/matrix.ts';
import { normalMatrix, product } from '../../testing/matrices.ts';
import { fromRows, rotation, uniformRows } from '../../testing/points.ts';
import { sphericalPca } from './spherical-pca.ts';

/** Points of S^{m−1} of some radius, in the first m coordinates about a center of the next, turned in R^d. */
function planted(n: number, m: number, d: number, radius = 1): { inner: Matrix; points: Matrix } {
  const inner = uniformRows(n, m, 3);
  const flat = zeros64(n, d);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < m; c++) flat.data[i * d + c] = radius * inner.data[i * m + c];
    flat.data[i * d + m] = Math.sqrt(1 - radius ** 2);
  }
  return { inner, points: product(flat, rotation(d, 7)) };
}

const expectSame = (a: Matrix, b: Matrix, digits: number) => {
  a.data.forEach((x, e) => {
    expect(x).toBeCloseTo(b.data[e], digits);
  });
};
const cosines = (m: Matrix) => product(m, m, true);

test('rows of a great subsphere come back with all their angles', async () => {
  const { inner, points } = planted(80, 3, 9);
  const { points: placed, facts, warnings } = await sphericalPca(points);
  expectSame(cosines(placed), cosines(inner), 12);
  expect(facts['angle']).toBeLessThan(1e-5);
  expect(facts['explained']).toBeCloseTo(1, 12);
  expect(warnings).toEqual([]);
});

test('rows of a small subsphere come back where one is allowed, and its radius is known', async () => {
  const { inner, points } = planted(80, 3, 9, 0.6);
  const { points: placed, facts } = await sphericalPca(points, { small: true });
  expectSame(cosines(placed), cosines(inner), 12);
  expect(facts['radius']).toBeCloseTo(0.6, 12);
  expect(facts['angle']).toBeLessThan(1e-5);
  expect((await sphericalPca(points)).facts['angle']).toBeGreaterThan(10);
});

test('a row goes to the nearest point of the subsphere', async () => {
  const { model } = await sphericalPca(planted(50, 3, 6).points);
  const axes = matrix(Float64Array.from(model.parameters[0].data), 3, 6);
  const rows = uniformRows(5, 6, 1);
  const placed = product(await sphericalPca.transform(model, rows), axes);
  const others = product(uniformRows(500, 3, 2), axes);
  const [own, all] = [product(rows, placed, true), product(rows, others, true)];
  for (let i = 0; i < 5; i++)
    expect(own.data[i * 6]).toBeGreaterThan(Math.max(...all.data.subarray(i * 500, i * 500 + 500)));
});

test('the length of a row does not matter, and results have length 1', async () => {
  const points = normalMatrix(30, 5, 4);
  const longer = matrix(
    points.data.map((x, e) => x * (1 + Math.floor(e / 5))),
    30,
    5,
  );
  const [a, b] = [await sphericalPca(points), await sphericalPca(longer)];
  expectSame(a.points, b.points, 12);
  for (let i = 0; i < 30; i++)
    expect(Math.hypot(...a.points.data.subarray(i * 3, i * 3 + 3))).toBeCloseTo(1, 14);
});

test('rows of the plane at 10° to it are 10° from its circle', async () => {
  const tilt = (10 * Math.PI) / 180;
  const points = fromRows(
    [0, 1, 2, 3].map((quarter) => [
      Math.cos(tilt) * Math.cos((quarter * Math.PI) / 2),
      Math.cos(tilt) * Math.sin((quarter * Math.PI) / 2),
      (quarter % 2 ? 1 : -1) * Math.sin(tilt),
    ]),
  );
  const { facts } = await sphericalPca(points, { dim: 2 });
  expect(facts['angle']).toBeCloseTo(10, 10);
  expect(facts['explained']).toBeCloseTo(Math.cos(tilt) ** 2, 12);
});

test('rows without a direction or without a nearest point are refused by number', async () => {
  const circle = fromRows([
    [1, 0, 0],
    [0, 1, 0],
    [0.6, 0.8, 0],
  ]);
  const { model } = await sphericalPca(circle, { dim: 2 });
  const rows = fromRows([
    [1, 1, 1],
    [0, 0, 1],
  ]);
  await expect(sphericalPca.transform(model, rows)).rejects.toThrow(
    'spherical-pca: row 1 (counted from 0) is at 90° to the subsphere and has no nearest point there; leave it out or raise dim.',
  );
  const zero = matrix(new Float64Array(3), 1, 3);
  await expect(sphericalPca.transform(model, zero)).rejects.toThrow(/length zero/);
  await expect(sphericalPca(circle, { dim: 1 })).rejects.toThrow(
    'spherical-pca: option "dim" must be 2 to 3 for 3 rows of 3 columns; got 1.',
  );
  await expect(sphericalPca(circle, { dim: 3, small: true })).rejects.toThrow(/must be 2 to 2/);
});

test('one direction is a point, of which no small subsphere is made', async () => {
  const same = matrix(Float64Array.of(1, 2, 3, 1, 2, 3, 2, 4, 6), 3, 3);
  const { points, warnings } = await sphericalPca(same, { dim: 2 });
  expect([...points.data]).toEqual([1, 0, 1, 0, 1, 0]);
  expect(warnings).toEqual([
    'Rows are read as directions: lengths from 3.74 to 7.48 are left out. Take pca where they count.',
    'The rows vary in 1 direction alone; columns of the result from 1 on (counted from 0) are 0.',
  ]);
  await expect(sphericalPca(same, { dim: 2, small: true })).rejects.toThrow(
    'spherical-pca: all rows have one direction.',
  );
});
