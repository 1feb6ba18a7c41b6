import { expect, test } from 'vitest';
import { matrix, toFloat32, toFloat64 } from '../../core/matrix.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { lessRow } from '../../numerics/rows/centered.ts';
import { columnScales, scaleColumnsInPlace } from '../../numerics/rows/column-scales.ts';
import { principalAxes } from '../../structures/spectra/principal-axes.ts';
import { normalMatrix, product } from '../../testing/matrices.ts';
import { fromRows, uniformRows } from '../../testing/points.ts';
import { mpad } from './mpad.ts';
import { smallestGaps } from './support/smallest-gaps.ts';

const corners = fromRows([
  [1, 1],
  [1, -1],
  [-1, 1],
  [-1, -1],
]);

test('two rows stay as far apart as they are in standardized columns: 2√d', async () => {
  for (const d of [1, 2, 5]) {
    const { data } = normalMatrix(2, d, 4);
    const { points, facts } = await mpad(matrix(data, 2, d), { dim: 1 });
    expect(Math.abs(points.data[0] - points.data[1])).toBeCloseTo(2 * Math.sqrt(d), 8);
    expect(facts['gap']).toBeCloseTo(2 * Math.sqrt(d), 8);
  }
});

test('along a line of slope 1/2 or 2 the corners of a square lie √80/6 apart on average', async () => {
  const { facts } = await mpad(corners, { dim: 1, b: 100 });
  expect(facts['gap']).toBeCloseTo(Math.sqrt(80) / 6, 8);
});

test('without a penalty directions repeat, with a heavy one they are orthogonal', async () => {
  const points = normalMatrix(2, 4, 1);
  expect((await mpad(points, { dim: 2, alpha: 0 })).facts['overlap']).toBeCloseTo(1, 8);
  const many = normalMatrix(60, 5, 3);
  expect((await mpad(many, { dim: 3, alpha: 1e4 })).facts['overlap']).toBeLessThan(1e-3);
});

test('no random direction and no principal axis has gaps as wide as the one it finds', async () => {
  const points = normalMatrix(60, 5, 2);
  const { mean, inverse } = columnScales(points);
  const z = lessRow(points, mean);
  scaleColumnsInPlace(z, inverse);
  const gaps = smallestGaps(60, Math.round(0.9 * 1770));
  const { vectors } = await principalAxes(z, 5, referenceEngine);
  const along = [...product(z, uniformRows(300, 5, 1), true).data];
  const columns = [...product(z, vectors, true).data];
  const gapsOf = (data: readonly number[], m: number) =>
    Array.from({ length: m }, (_, k) =>
      gaps(
        Float64Array.from({ length: 60 }, (_row, i) => data[i * m + k]),
        new Float64Array(60),
      ),
    );
  const { facts } = await mpad(points, { dim: 1, restarts: 5 });
  for (const gap of [...gapsOf(along, 300), ...gapsOf(columns, 5)])
    expect(gap).toBeLessThan(facts['gap']);
});

test('of more starts the best is kept', async () => {
  const points = normalMatrix(40, 6, 5);
  const gaps: number[] = [];
  for (const restarts of [1, 2, 6])
    gaps.push((await mpad(points, { dim: 1, b: 20, restarts })).facts['gap']);
  expect(gaps).toEqual(gaps.toSorted((a, b) => a - b));
});

test('pairs of a sample of rows stand for all: 10 rows for 45 to 54 pairs', async () => {
  const points = normalMatrix(50, 4, 6);
  expect((await mpad(points, { pairs: 54 })).facts['pairs']).toBe(45);
  expect((await mpad(points)).facts['pairs']).toBe(1225);
  // Two rows at least.
  expect((await mpad(points, { pairs: 1 })).facts['pairs']).toBe(1);
});

test('float32 rows and the same numbers in float64 give one map', async () => {
  const narrow = toFloat32(normalMatrix(30, 4, 7));
  const [a, b] = [await mpad(narrow), await mpad(toFloat64(narrow))];
  const axes = ({ model }: typeof a) => model.parameters.map(({ data }) => data);
  expect(axes(a)).toEqual(axes(b));
});

test('a constant column counts as nothing; where all are, it refuses', async () => {
  const points = normalMatrix(30, 2, 8);
  const beside = matrix(
    Float64Array.from({ length: 90 }, (_, e) =>
      e % 3 === 2 ? 5 : points.data[Math.floor(e / 3) * 2 + (e % 3)],
    ),
    30,
    3,
  );
  const { warnings, model } = await mpad(beside, { dim: 1 });
  expect(warnings).toEqual(['1 column is constant and counts as 0.']);
  const other = matrix(Float64Array.of(1, 2, 5, 1, 2, -9), 2, 3);
  const [a, b] = (await mpad.transform(model, other)).data;
  expect(a).toBe(b);
  const same = matrix(new Float64Array(6).fill(0.1), 3, 2);
  await expect(mpad(same)).rejects.toThrow('mpad: all rows are equal.');
});

test('where the closest pairs are equal rows it says that nothing tells directions apart', async () => {
  const { warnings, facts } = await mpad(
    fromRows([
      [0, 1],
      [0, 1],
      [0, 1],
      [4, 2],
    ]),
    { dim: 1, b: 40 },
  );
  expect(facts['gap']).toBe(0);
  expect(warnings).toEqual([
    'The closest pairs are equal rows: no direction is better than another.',
  ]);
});

test('a search that is cut short says so; more directions than columns are refused', async () => {
  const points = normalMatrix(40, 5, 9);
  expect((await mpad(points, { dim: 1, iterations: 1 })).warnings).toEqual([
    'The search for 1 direction stopped after 1 steps: raise iterations.',
  ]);
  await expect(mpad(points, { dim: 6 })).rejects.toThrow(
    'mpad: option "dim" must be at most 5, the columns that vary; got 6.',
  );
});
