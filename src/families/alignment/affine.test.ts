import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { affine } from './affine.ts';

const a = normalMatrix(40, 3, 1);
/** x ↦ (2x₀ + x₁, x₁ − x₂, 3x₂, x₀) + 5. */
const mapped = matrix(
  Float64Array.from({ length: 160 }, (_, at) => {
    const [x, y, z] = a.data.subarray(3 * Math.floor(at / 4));
    return [2 * x + y, y - z, 3 * z, x][at % 4] + 5;
  }),
  40,
  4,
);

test('an affine map into more dimensions is found again', async () => {
  const { model, facts } = await affine({ a, b: mapped });
  expect(facts['ridge']).toBe(1e-9);
  const { data } = await affine.transform(model, a);
  const worst = Math.max(...mapped.data.map((b, e) => Math.abs(b - data[e])));
  expect(worst).toBeLessThan(1e-7);
});

test('the error of pairs left out in closed form is that of leaving each out', async () => {
  const noisy = { ...mapped, data: mapped.data.map((y, e) => y + Math.sin(37 * e)) };
  const ridge = 0.3;
  const { facts } = await affine({ a, b: noisy }, { ridge });
  const mean = [0, 1, 2, 3].map((c) =>
    noisy.data.reduce((sum, y, e) => sum + (e % 4 === c ? y / 40 : 0), 0),
  );
  let [error, length] = [0, 0];
  const unit = await meanEigenvalue();
  for (let i = 0; i < 40; i++) {
    const rows = Array.from({ length: 40 }, (_, r) => r).filter((r) => r !== i);
    // The penalty is a share of what the remaining pairs vary: the same number for all is asked for.
    const own = (ridge * unit) / (await meanEigenvalue(rows));
    const { model } = await affine({ a, b: noisy, pairs: { a: rows, b: rows } }, { ridge: own });
    const { data } = await affine.transform(model, matrix(a.data.slice(3 * i, 3 * i + 3), 1, 3));
    for (let c = 0; c < 4; c++) {
      error += (noisy.data[4 * i + c] - data[c]) ** 2;
      length += (noisy.data[4 * i + c] - mean[c]) ** 2;
    }
  }
  expect(facts['leftOut']).toBeCloseTo(Math.sqrt(error / length), 10);
});

/** The trace of A₀ᵀA₀ over d. */
async function meanEigenvalue(rows = Array.from({ length: 40 }, (_, r) => r)): Promise<number> {
  let total = 0;
  for (let c = 0; c < 3; c++) {
    const values = rows.map((r) => a.data[3 * r + c]);
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    total += values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 3;
  }
  return total;
}

test('where A says nothing about B the ridge is large and rows go near the mean of B', async () => {
  const random = Random.fromSeed(5);
  const b = matrix(
    Float64Array.from({ length: 80 }, () => random.normal()),
    40,
    2,
  );
  const { model, facts } = await affine({ a, b });
  expect(facts['ridge']).toBeGreaterThan(0.1);
  expect(facts['leftOut']).toBeGreaterThan(0.9);
  const { data } = await affine.transform(model, a);
  expect(Math.max(...data.map(Math.abs))).toBeLessThan(0.7);
});

test('fewer pairs than dimensions give a finite map and a sentence', async () => {
  const few = { a: [0, 1, 2], b: [0, 1, 2] };
  const { model, warnings } = await affine({ a, b: mapped, pairs: few });
  expect(warnings).toEqual([
    '3 pairs do not determine a map between 3 and 4 dimensions: more than 4 pairs would.',
  ]);
  const { data } = await affine.transform(model, a);
  expect(data.every(Number.isFinite)).toBe(true);
});

test('a constant column is named and does no harm', async () => {
  const withConstant = matrix(
    Float64Array.from({ length: 160 }, (_, at) =>
      at % 4 === 3 ? 7 : a.data[3 * Math.floor(at / 4) + (at % 4)],
    ),
    40,
    4,
  );
  const { model, warnings } = await affine({ a: withConstant, b: mapped });
  expect(warnings).toEqual([
    '1 of 4 columns of A are constant in the pairs, the first is column 3: the map says nothing about them.',
  ]);
  const { data } = await affine.transform(model, withConstant);
  const worst = Math.max(...mapped.data.map((b, e) => Math.abs(b - data[e])));
  expect(worst).toBeLessThan(1e-7);
});

test('pairs whose rows are all the same are refused, zero rows are named', async () => {
  const same = matrix(new Float64Array(12).fill(2), 4, 3);
  await expect(affine({ a: same, b: same })).rejects.toThrow(
    'affine: all 4 paired rows of A are the same; expected pairs whose rows differ.',
  );
  const empty = { ...a, data: a.data.slice() };
  empty.data.fill(0, 3, 6);
  const { warnings } = await affine({ a: empty, b: mapped });
  expect(warnings).toEqual([
    '1 of 40 paired rows of A are zero, the first is that of pair 1: they have no direction.',
  ]);
});

test('pairs that name no row, or too few, are refused', async () => {
  const of = (rows: number[]) => affine({ a, b: mapped, pairs: { a: rows, b: [0, 1, 2] } });
  await expect(of([0, 1, 40])).rejects.toThrow(
    'affine: pair 2 names row 40 of A, which has 40 rows.',
  );
  await expect(of([0, 1])).rejects.toThrow(
    'affine: expected as many rows of A as of B in the pairs; got 2 and 3.',
  );
});
