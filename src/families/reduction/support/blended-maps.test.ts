import { expect, test } from 'vitest';
import { matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { expectGradient } from '../../../testing/operation-checks.ts';
import { blending, shares, squaredDistancesTo } from './blended-maps.ts';
import { drawnPairs, pairStress, stressOf } from './row-pairs.ts';

function normalRows(n: number, d: number) {
  const random = Random.fromSeed(7);
  return matrix(
    Float64Array.from({ length: n * d }, () => random.normal()),
    n,
    d,
  );
}

test('a blend passes the Taylor check in its products and its widths', async () => {
  const rows = normalRows(6, 3);
  const blend = blending(squaredDistancesTo(rows, normalRows(4, 3)));
  await expectGradient((products, widths) => blend(products, widths), [[6, 8], [4]]);
});

test('the stress of pairs passes the Taylor check, of distances and of squared ones', async () => {
  const pairs = drawnPairs(normalRows(9, 4), 3, Random.fromSeed(1));
  for (const p of [1, 2] as const) await expectGradient((y) => pairStress(pairs, y, p), [[9, 2]]);
});

test('shares add up to 1, and the nearest center has all where widths are small', () => {
  const distances = matrix(Float64Array.of(1, 2, 9, 4), 2, 2);
  const wide = shares(distances, Float64Array.of(1, -1));
  // e^−1 to e^−2, by hand.
  expect(wide[0]).toBeCloseTo(1 / (1 + Math.exp(-1)), 14);
  expect(wide[0] + wide[1]).toBeCloseTo(1, 14);
  expect(Array.from(shares(distances, Float64Array.of(1e-3, 1e-3)))).toEqual([1, 0, 0, 1]);
});

test('many partners are all pairs, once each; few are as many for each row', () => {
  for (const n of [6, 7]) {
    const { from, to } = drawnPairs(normalRows(n, 2), 100, Random.fromSeed(1));
    const pairs = new Set(Array.from(from, (i, p) => [i, to[p]].toSorted((a, b) => a - b).join()));
    expect([from.length, pairs.size]).toEqual([(n * (n - 1)) / 2, (n * (n - 1)) / 2]);
  }
  const { from, to } = drawnPairs(normalRows(51, 2), 4, Random.fromSeed(1));
  const counts = new Int32Array(51);
  for (const i of [...from, ...to]) counts[i] += 1;
  expect(counts.every((count) => count === 8)).toBe(true);
});

test('stress is 0 for a map that keeps distances up to scale', () => {
  const rows = normalRows(8, 2);
  const pairs = drawnPairs(rows, 8, Random.fromSeed(1));
  const larger = { ...rows, data: rows.data.map((x) => 5 * x) };
  expect(stressOf(pairs, larger)).toBeLessThan(1e-7);
  expect(stressOf(pairs, { ...rows, data: new Float64Array(16) })).toBe(1);
});
