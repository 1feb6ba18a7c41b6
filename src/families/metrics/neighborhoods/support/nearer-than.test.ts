import { expect, test } from 'vitest';
import { nearerThan } from './nearer-than.ts';

const graph = (neighbors: readonly (readonly [number, number])[]) => ({
  indices: Int32Array.from(neighbors.flat(), (_, e) => (e % 2 === 0 ? e / 2 : 3)),
  distances: Float64Array.from(neighbors.flat()),
  n: neighbors.length,
  k: 2,
});

test('1, 3, 5 against 2, 3, 4 is one half', () => {
  // Second neighbours at the same distances: only the terms themselves vary.
  const rows = graph([1, 3, 5].map((x) => [x, x]));
  const probes = graph([2, 3, 4].map((x) => [x, x]));
  const { value, standardError } = nearerThan(rows, probes, 4);
  expect(value).toBeCloseTo(0.5, 15);
  // Shares above each x less ½: ½, 0, −½ over 3; below each y less ½: −⅙, 0, ⅙ over 3, freedom 2.
  expect(standardError).toBeCloseTo(Math.sqrt(0.5 / 9 + 1 / 18 / 3 / 2), 14);
});

test('a row that a probe loses counts for as much as the share that moves', () => {
  const rows = graph([
    [1, 1],
    [3, 3],
  ]);
  // Without row 0 the probe would be at 4, beyond both rows: its share goes from ½ to 1.
  const { value, standardError } = nearerThan(rows, graph([[2, 4]]), 2);
  expect(value).toBe(0.5);
  const moved = [0.25 - 0.5, -0.25];
  const mean = (moved[0] + moved[1]) / 2;
  expect(standardError).toBeCloseTo(Math.hypot(moved[0] - mean, moved[1] - mean), 14);
});
