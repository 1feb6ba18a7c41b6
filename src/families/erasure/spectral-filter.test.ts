import { describe, expect, test } from 'vitest';
import { type Matrix, matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { spectralFilter } from './spectral-filter.ts';

/** White noise of variance 1 with the variance 1 + ℓ in the first k columns. */
function spiked(n: number, d: number, k: number, strength: number, seed: number) {
  const random = Random.fromSeed(seed);
  const deviation = Math.sqrt(1 + strength);
  const draw = (_: unknown, e: number) => random.normal() * (e % d < k ? deviation : 1);
  return matrix(Float64Array.from({ length: n * d }, draw), n, d);
}

/** The rows with noise in one column. */
function moved(points: Matrix, column: number, deviation: number) {
  const random = Random.fromSeed(9);
  const data = Float64Array.from(points.data);
  for (let i = 0; i < points.rows; i++)
    data[i * points.cols + column] += deviation * random.normal();
  return matrix(data, points.rows, points.cols);
}

describe('the edge finds planted spikes', () => {
  // Spikes of variance 1 + ℓ come out of noise of variance 1 where ℓ > √(d/n) = 0.5.
  const [n, d, k] = [800, 200, 4];
  test.each([1, 2, 3])(
    'all of them where they are three times what is needed, seed %i',
    async (seed) => {
      const points = spiked(n, d, k, 1.5, seed);
      const { facts } = await spectralFilter({ points, partners: points }, { quantile: 1 });
      expect(facts['spikes']).toBe(k);
      // The noise level is the 1 that was planted, but for the doubt of the median of 200 eigenvalues.
      expect(facts['noise']).toBeCloseTo(1, 1);
    },
  );

  test.each([1, 2, 3])('none where they are below it, seed %i', async (seed) => {
    const points = spiked(n, d, k, 0.2, seed);
    await expect(spectralFilter({ points, partners: points })).rejects.toThrow(
      /^spectral-filter: the largest eigenvalue, 2\.\d+, is not above the edge of noise, 2\.\d+: there is no direction to keep\.$/,
    );
  });
});

test('of the directions above noise the one that a perturbation moves goes', async () => {
  const random = Random.fromSeed(4);
  const deviations = [12, 8, 4];
  const draw = (_: unknown, e: number) => random.normal() * (deviations[e % 20] ?? 1);
  const points = matrix(Float64Array.from({ length: 12_000 }, draw), 600, 20);
  const { model, rank, facts } = await spectralFilter(
    { points, partners: moved(points, 1, 5) },
    { quantile: 0.67 },
  );
  expect([rank, facts['spikes'], facts['kept']]).toEqual([18, 3, 2]);
  const erased = await spectralFilter.transform(model, points);
  const left = deviations.map((deviation, c) => {
    const squares = Float64Array.from(erased.data).reduce(
      (sum, x, e) => sum + (e % 20 === c ? x * x : 0),
      0,
    );
    return squares / 600 / deviation ** 2;
  });
  // Axes of 600 rows lean by at most about 1/√600 · 12·8/(144 − 64), a twentieth.
  expect(left[1]).toBeLessThan(0.05);
  for (const c of [0, 2]) expect(Math.abs(left[c] - 1)).toBeLessThan(0.15);
});

test('rows are what lies on the directions kept, about the mean', async () => {
  const points = spiked(300, 12, 1, 80, 5);
  for (let e = 0; e < points.data.length; e++) points.data[e] += 3;
  const { model } = await spectralFilter({ points, partners: points });
  const { data } = await spectralFilter.transform(model, points);
  // The direction is the first column to within √(1/(81·300/12)) of an angle.
  for (let i = 0; i < 300; i++) {
    const off = points.data[12 * i] - data[12 * i];
    expect(Math.abs(off)).toBeLessThan(0.05 * Math.abs(points.data[12 * i] - 3) + 0.3);
    expect(Math.abs(data[12 * i + 5] - 3)).toBeLessThan(0.1 * Math.abs(data[12 * i] - 3) + 0.3);
  }
});

test('the quantile keeps at least one direction, and at 1 all above noise', async () => {
  const points = spiked(400, 30, 5, 15, 6);
  const partners = moved(points, 2, 3);
  const kept = async (quantile: number) =>
    (await spectralFilter({ points, partners }, { quantile })).facts['kept'];
  expect([await kept(0), await kept(0.4), await kept(1)]).toEqual([1, 2, 5]);
});

test('a spectrum without a noise floor is named', async () => {
  const random = Random.fromSeed(9);
  const draw = (_: unknown, i: number) => random.normal() / ((i % 40) + 1);
  const points = matrix(Float64Array.from({ length: 40_000 }, draw), 1000, 40);
  const { warnings } = await spectralFilter({ points, partners: points });
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(
    /^\d+ of 40 directions are above what would be noise: the rest is not white\.$/,
  );
});

test('fewer rows than columns do', async () => {
  const points = spiked(60, 150, 3, 40, 7);
  const { facts } = await spectralFilter({ points, partners: points }, { quantile: 1 });
  expect(facts['spikes']).toBe(3);
});

test('equal rows, two rows, partners of another shape and NaN are refused in a sentence', async () => {
  const equal = matrix(new Float64Array(40).fill(2), 10, 4);
  await expect(spectralFilter({ points: equal, partners: equal })).rejects.toThrow(
    /is not above the edge of noise/,
  );
  const two = matrix(Float64Array.of(1, 2, 3, 4), 2, 2);
  await expect(spectralFilter({ points: two, partners: two })).rejects.toThrow(
    'spectral-filter: three rows or more are needed; got 2.',
  );
  await expect(spectralFilter({ points: equal, partners: two })).rejects.toThrow(
    'spectral-filter, partners: expected 10 × 4; got 2 × 2.',
  );
  const bad = matrix(new Float64Array(40).fill(Number.NaN), 10, 4);
  await expect(spectralFilter({ points: equal, partners: bad })).rejects.toThrow(/is NaN/);
});
