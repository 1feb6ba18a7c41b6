import { expect, test } from 'vitest';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { spearman } from '../../core/ranks.ts';
import { diffusionMap } from './diffusion-map.ts';

const column = ({ data, cols, rows }: Matrix, c: number) =>
  Array.from({ length: rows }, (_, i) => data[i * cols + c]);

/** n rows evenly along a circle in the plane of the first two of three columns. */
function circle(n: number, phase = 0) {
  const angles = Array.from({ length: n }, (_, i) => (2 * Math.PI * (i + phase)) / n);
  const rows = angles.flatMap((t) => [Math.cos(t), Math.sin(t), 1]);
  return { points: matrix(new Float64Array(rows), n, 3), angles };
}

/** A roll whose inner end has ten times as many rows as its outer one. */
function roll(n: number) {
  const random = Random.fromSeed(2);
  const along = Array.from({ length: n }, () => random.uniform() ** 2);
  const rows = along.flatMap((u) => {
    const t = 1.5 + 8 * u;
    return [t * Math.cos(t), 4 * random.uniform(), t * Math.sin(t)];
  });
  return { points: matrix(new Float64Array(rows), n, 3), along };
}

test('on a circle the walk has the eigenvalues of its closed form, in pairs, and gives the circle back', async () => {
  const { points } = circle(120);
  const { points: map, facts } = await diffusionMap(points, { dim: 2, k: 5, time: 0 });
  // The walk goes up to two places to each side: P is circulant.
  const chord = (j: number) => 2 * Math.sin((Math.PI * j) / 120);
  const scale = ((chord(1) + chord(2)) / 2) ** 2;
  const [near, far] = [1, 2].map((j) => Math.exp(-(chord(j) ** 2) / scale));
  const angle = (2 * Math.PI) / 120;
  const value =
    (1 + 2 * near * Math.cos(angle) + 2 * far * Math.cos(2 * angle)) / (1 + 2 * near + 2 * far);
  expect(facts['eigenvalue1']).toBeCloseTo(value, 10);
  expect(facts['eigenvalue2']).toBeCloseTo(value, 10);
  // Mean square 1 in each of two columns: a circle of radius √2.
  for (let i = 0; i < 120; i++)
    expect(Math.hypot(map.data[2 * i], map.data[2 * i + 1])).toBeCloseTo(Math.SQRT2, 6);
});

test('the first coordinate runs along a roll, however uneven its rows lie', async () => {
  const { points, along } = roll(500);
  const { points: map } = await diffusionMap(points, { dim: 1, k: 12 });
  expect(Math.abs(spearman(column(map, 0), along))).toBeGreaterThan(0.99);
});

test('coordinates shrink by their eigenvalue with each step of the walk', async () => {
  const { points } = roll(120);
  const at = async (time: number) => diffusionMap(points, { dim: 2, time });
  const [none, three] = [await at(0), await at(3)];
  const lambda = none.facts['eigenvalue2'];
  none.points.data.forEach((y, e) => {
    if (e % 2 === 1) expect(three.points.data[e]).toBeCloseTo(y * lambda ** 3, 10);
  });
});

test('new rows of a circle lie between their neighbours, and fitted ones where they were', async () => {
  const { points } = circle(120);
  const { points: map, model } = await diffusionMap(points, { dim: 2, k: 9 });
  expect((await diffusionMap.transform(model, points)).data).toEqual(map.data);
  const between = await diffusionMap.transform(model, circle(120, 0.5).points);
  for (let i = 0; i < 120; i++) {
    for (let c = 0; c < 2; c++) {
      const middle = (map.data[2 * i + c] + map.data[(2 * i + 2 + c) % 240]) / 2;
      // The middle of the chord of two neighbours is nearer the center by 1 − cos(π/120).
      expect(between.data[2 * i + c]).toBeCloseTo(middle, 2);
    }
  }
});

test('a row far from all others has a place', async () => {
  const { points } = circle(60);
  const { model } = await diffusionMap(points, { dim: 2 });
  const { data } = await diffusionMap.transform(model, matrix(Float64Array.of(1e6, 0, 1), 1, 3));
  expect(data.every(Number.isFinite)).toBe(true);
});

test('parts of a graph that hangs not together are said, and told apart', async () => {
  const [one, other] = [circle(40).points, circle(30).points];
  const data = new Float64Array([...one.data, ...other.data.map((x) => x + 100)]);
  const { points, facts, warnings } = await diffusionMap(matrix(data, 70, 3), {
    dim: 1,
    k: 5,
  });
  expect(facts['parts']).toBe(2);
  expect(facts['eigenvalue1']).toBeCloseTo(1, 10);
  expect(warnings.join()).toContain('falls into 2 parts, the largest of 40 of 70 rows');
  const values = column(points, 0);
  for (let i = 0; i < 70; i++) expect(values[i]).toBeCloseTo(values[i < 40 ? 0 : 69], 8);
  expect(values[0] * values[69]).toBeLessThan(0);
});

test('copies of rows and constant columns do no harm; equal rows alone are refused', async () => {
  const { points } = circle(40);
  const data = new Float64Array([...points.data, ...points.data.subarray(0, 60)]);
  const { points: map } = await diffusionMap(matrix(data, 60, 3), { dim: 2, k: 8 });
  expect(map.data.every(Number.isFinite)).toBe(true);
  // Near, not equal: of equally far rows the first ones are neighbours, and copies are not among the same.
  for (let e = 0; e < 40; e++) expect(map.data[80 + e]).toBeCloseTo(map.data[e], 2);
  await expect(diffusionMap(matrix(new Float64Array(30).fill(2), 10, 3))).rejects.toThrow(
    'diffusion-map: expected rows that differ from their neighbours; got equal rows alone.',
  );
});

test('as many columns as rows are refused; two rows have one', async () => {
  const two = matrix(Float64Array.of(0, 1), 2, 1);
  await expect(diffusionMap(two, { dim: 2 })).rejects.toThrow(
    'diffusion-map: option "dim" must be at most 1, one less than there are rows; got 2.',
  );
  const { points } = await diffusionMap(two, { dim: 1 });
  expect(points.data[0]).toBeCloseTo(-points.data[1], 12);
});
