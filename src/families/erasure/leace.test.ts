import { describe, expect, test } from 'vitest';
import { type Matrix, matrix, toFloat32, zeros64 } from '../../core/matrix.ts';
import { meanRow } from '../../numerics/rows/centered.ts';
import { classRows } from '../../testing/classes.ts';
import { normalMatrix, product } from '../../testing/matrices.ts';
import { fromRows } from '../../testing/points.ts';
import fixture from './leace.fixture.json' with { type: 'json' };
import { leace } from './leace.ts';
import { meanDifference } from './mean-difference.ts';
import { classSums, conceptOf } from './support/concept.ts';

const inTurn = (n: number, k: number) => Array.from({ length: n }, (_, i) => `${i % k}`);

/** Rows of three classes, in a space whose columns depend on one another. */
const skewed = product(classRows(120, 5, 3, 0.5, 2), normalMatrix(5, 5, 7));

/** max |Σ_xz|: by how much any column depends on any class. */
function dependence(points: Matrix, classes: readonly string[]): number {
  const concept = conceptOf('test', classes, points.rows);
  return classSums(points, concept, meanRow(points)).data.reduce(
    (most, x) => Math.max(most, Math.abs(x)),
    0,
  );
}

async function erased(points: Matrix, classes: readonly string[]): Promise<Matrix> {
  const { model } = await leace({ points, classes });
  return leace.transform(model, points);
}

const distortion = (a: Matrix, b: Matrix) =>
  Float64Array.from(a.data).reduce((sum, x, e) => sum + (x - b.data[e]) ** 2, 0);

describe(`beside an independent implementation in ${fixture.library}`, () => {
  for (const rank of ['full', 'deficient'] as const) {
    test(`rows of a covariance of ${rank} rank are erased to the same rows`, async () => {
      const { data } = await erased(fromRows(fixture[rank].rows), fixture.classes);
      for (const [e, x] of fixture[rank].leace.flat().entries())
        expect(Math.abs(data[e] - x)).toBeLessThan(1e-6);
    });
  }

  test('its logistic probe is at the majority rate on the erased rows, and was not before', () => {
    for (const { probe } of [fixture.full, fixture.deficient]) {
      expect(probe.before).toBeGreaterThan(fixture.majority + 0.1);
      expect(probe.leace).toBe(fixture.majority);
    }
  });
});

test('no column of the erased rows depends on any class', async () => {
  const classes = inTurn(120, 3);
  expect(dependence(skewed, classes)).toBeGreaterThan(0.1);
  expect(dependence(await erased(skewed, classes), classes)).toBeLessThan(1e-10);
});

test('nor where a column is made of others, or all rows are far from 0', async () => {
  const classes = inTurn(120, 3);
  const wide = product(skewed, normalMatrix(5, 8, 9));
  expect(dependence(await erased(wide, classes), classes)).toBeLessThan(1e-10);
  const far = matrix(
    skewed.data.map((x) => x + 1000),
    120,
    5,
  );
  // Rows of 1000 are rounded to 1e-13.
  expect(dependence(await erased(far, classes), classes)).toBeLessThan(1e-10);
});

test('nor with fewer rows than columns', async () => {
  const few = normalMatrix(8, 20, 3);
  const classes = inTurn(8, 2);
  expect(dependence(await erased(few, classes), classes)).toBeLessThan(1e-10);
});

test('it moves rows less than the orthogonal projection does', async () => {
  const classes = inTurn(120, 3);
  const { model } = await meanDifference({ points: skewed, classes });
  const orthogonal = await meanDifference.transform(model, skewed);
  const own = distortion(await erased(skewed, classes), skewed);
  expect(own).toBeLessThan(0.9 * distortion(orthogonal, skewed));
});

test('any affine map near it that also erases moves rows more', async () => {
  // x ← x − (x − μ)(R + N) L for N of rows that do not tell the classes: N Σ_xz = 0 keeps the guarantee.
  const classes = inTurn(120, 2);
  const { model } = await leace({ points: skewed, classes });
  const least = await leace.transform(model, skewed);
  const mean = meanRow(skewed);
  const cross = classSums(skewed, conceptOf('test', classes, 120), mean).data.subarray(0, 5);
  const own = distortion(least, skewed);
  for (let seed = 0; seed < 5; seed++) {
    const change = normalMatrix(5, 5, 20 + seed);
    // Rows of the change orthogonal to the one direction of the cross-covariance.
    const along = product(change, matrix(cross.slice(), 5, 1));
    let squares = 0;
    for (const x of cross) squares += x * x;
    for (let a = 0; a < 5; a++)
      for (let c = 0; c < 5; c++) change.data[a * 5 + c] -= (along.data[a] * cross[c]) / squares;
    const moved = zeros64(120, 5);
    for (let i = 0; i < 120; i++)
      for (let a = 0; a < 5; a++) {
        let shift = 0;
        for (let c = 0; c < 5; c++)
          shift += change.data[a * 5 + c] * (skewed.data[i * 5 + c] - mean[c]);
        moved.data[i * 5 + a] = least.data[i * 5 + a] + 0.01 * shift;
      }
    expect(dependence(moved, classes)).toBeLessThan(1e-10);
    expect(distortion(moved, skewed)).toBeGreaterThan(own);
  }
});

test('one dimension fewer than classes is taken out', async () => {
  const { rank, facts } = await leace({ points: skewed, classes: inTurn(120, 3) });
  expect([rank, facts['covarianceRank']]).toEqual([2, 5]);
});

test('classes that nothing tells leave rows as they are, and a remark says so', async () => {
  const points = fromRows([
    [1, 0],
    [0, 1],
    [1, 0],
    [0, 1],
  ]);
  const { model, rank, warnings } = await leace({ points, classes: ['a', 'a', 'b', 'b'] });
  expect(rank).toBe(0);
  expect(warnings).toEqual(['Nothing tells the concept here: the rows stay as they are.']);
  expect(await leace.transform(model, points)).toEqual(points);
});

test('equal rows stay as they are', async () => {
  const points = matrix(new Float64Array(8).fill(0.1), 4, 2);
  const { model } = await leace({ points, classes: ['a', 'b', 'a', 'b'] });
  expect(await leace.transform(model, points)).toEqual(points);
});

test('more classes than columns take out all of them, and a remark says so', async () => {
  const points = normalMatrix(40, 3, 5);
  const { rank, warnings } = await leace({ points, classes: inTurn(40, 8) });
  expect(rank).toBe(3);
  expect(warnings).toEqual([
    '3 of 3 dimensions are taken out: fewer classes, or wider rows, leave more of the rest.',
  ]);
});

test('float32 rows are erased to their own rounding', async () => {
  const classes = inTurn(120, 3);
  const narrow = await erased(toFloat32(skewed), classes);
  // Values of about 3 are rounded to 1e-7 of them, and a row is moved by some tenfold of its coordinates.
  expect(dependence(narrow, classes)).toBeLessThan(1e-5);
});

test('one class, or a class too few, is refused in a sentence', async () => {
  const points = normalMatrix(3, 2, 1);
  await expect(leace({ points, classes: ['a', 'a', 'a'] })).rejects.toThrow(
    'leace: all 3 rows have the class "a"; two classes or more are needed to tell what to erase.',
  );
  await expect(leace({ points, classes: ['a', 'b'] })).rejects.toThrow(
    'leace: expected a class for each of the 3 rows; got 2.',
  );
  points.data[3] = Number.NaN;
  await expect(leace({ points, classes: ['a', 'b', 'a'] })).rejects.toThrow(
    'leace: row 1, column 1 is NaN; expected finite numbers.',
  );
});

test('of rows that do not differ nothing is taken out', async () => {
  for (const value of [0, 3]) {
    const points = matrix(new Float64Array(18).fill(value), 6, 3);
    const { model, rank, warnings } = await leace({ points, classes: inTurn(6, 3) });
    expect([rank, warnings]).toEqual([0, [expect.stringContaining('stay as they are')]]);
    expect((await leace.transform(model, points)).data).toEqual(points.data);
  }
});
