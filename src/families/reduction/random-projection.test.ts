import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import type { Model } from '../../learning/index.ts';
import { normalMatrix } from '../../testing/matrices.ts';
import { randomProjection } from './random-projection.ts';
import { dimensionsOfPromise, promisedDistortion } from './support/distortion.ts';

const entriesOf = ({ parameters }: Model) => Float64Array.from(parameters[0].data);

test('the promise solves 6 ln n = m (ε²/2 − ε³/3)', () => {
  // 6 ln 10⁶ / (1/8 − 1/24) = 994.7.
  expect(promisedDistortion(1e6, 995)).toBeLessThan(0.5);
  expect(promisedDistortion(1e6, 994)).toBeGreaterThan(0.5);
  const n = 1000;
  expect(promisedDistortion(n, dimensionsOfPromise(n))).toBeLessThan(1);
  expect(promisedDistortion(n, dimensionsOfPromise(n) - 1)).toBeUndefined();
});

test('distances change by less than is promised', async () => {
  const points = normalMatrix(40, 50, 1);
  for (const entries of ['gaussian', 'achlioptas'] as const) {
    for (const seed of [0, 1]) {
      const { facts } = await randomProjection(points, { dim: 400, entries, seed });
      expect(facts['distortion']).toBeLessThan(facts['promised']);
      expect(facts['meanDistortion']).toBeLessThan(facts['distortion']);
      // Each ratio is a χ² of 400 over 400: 0.0564 from 1 on average; pairs of one seed vary together.
      const expected = Math.sqrt(2 / Math.PI) * Math.sqrt(2 / 400);
      expect(Math.abs(facts['meanDistortion'] / expected - 1)).toBeLessThan(1 / 3);
    }
  }
});

test('entries have mean 0 and variance 1/m; signs are as rare as they should be', async () => {
  const [d, m] = [400, 50];
  const points = normalMatrix(3, d, 2);
  const rare = { gaussian: 1, achlioptas: 1 / 3, 'very-sparse': 1 / 20 };
  for (const entries of ['gaussian', 'achlioptas', 'very-sparse'] as const) {
    const { model } = await randomProjection(points, { dim: m, entries });
    const data = entriesOf(model);
    const mean = data.reduce((sum, x) => sum + x, 0) / data.length;
    const variance = data.reduce((sum, x) => sum + x * x, 0) / data.length;
    const p = rare[entries];
    // Five standard errors of 20,000 draws.
    expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(1 / m / data.length));
    const spread = entries === 'gaussian' ? 2 : 1 / p - 1;
    expect(Math.abs(variance * m - 1)).toBeLessThan(5 * Math.sqrt(spread / data.length));
    if (entries === 'gaussian') continue;
    const size = Math.fround(Math.sqrt(1 / p / m));
    expect(data.every((x) => x === 0 || Math.abs(x) === size)).toBe(true);
    const share = data.filter((x) => x !== 0).length / data.length;
    expect(Math.abs(share - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / data.length));
  }
});

test('it does not look at the rows: the same seed gives the same map for any', async () => {
  const [a, b] = [normalMatrix(5, 30, 1), normalMatrix(9, 30, 2)];
  const [one, other] = [await randomProjection(a), await randomProjection(b)];
  expect(entriesOf(one.model)).toEqual(entriesOf(other.model));
  expect(entriesOf((await randomProjection(a, { seed: 1 })).model)).not.toEqual(
    entriesOf(one.model),
  );
});

test('too few dimensions for a promise, and what would do, are said', async () => {
  const { facts, warnings } = await randomProjection(normalMatrix(1000, 60, 3), { dim: 50 });
  expect(facts['promised']).toBeUndefined();
  expect(warnings).toEqual([
    'No distortion is promised for 1,000 rows in 50 dimensions; from 249 on one is.',
  ]);
  const sparse = { dim: 250, entries: 'very-sparse' } as const;
  expect((await randomProjection(normalMatrix(10, 300, 3), sparse)).warnings).toEqual([
    'Very sparse signs come with no promise for all pairs.',
  ]);
});

test('equal rows have no distance to keep, and as many columns as before save nothing', async () => {
  const same = matrix(new Float64Array(40).fill(2), 4, 10);
  const { facts, warnings, points } = await randomProjection(same, { dim: 100 });
  expect(facts['distortion']).toBeUndefined();
  expect(warnings).toEqual([
    'All rows are equal: there is no distance to keep.',
    '100 columns from 10: nothing is saved.',
  ]);
  expect(points.data.subarray(0, 100)).toEqual(points.data.subarray(100, 200));
});
