import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { mapTrust, scaledStress } from './map-quality.ts';

const line = matrix(
  Float64Array.from({ length: 12 }, (_, i) => i * i),
  12,
  1,
);

test('a map that is the data at another scale loses nothing', () => {
  const larger = { ...line, data: line.data.map((x) => 3 * x) };
  expect(scaledStress(line, larger)).toBeLessThan(1e-7);
  expect(mapTrust(line, larger, 2)).toBe(1);
});

test('one false neighbour costs as much as it is too far, by hand', () => {
  // Rows 0 to 3 at 0, 1, 2, 3; in the map row 3 lies beside row 0, beyond it.
  const rows = matrix(Float64Array.of(0, 1, 2, 3, 10, 20), 6, 1);
  const map = matrix(Float64Array.of(0, 1, 2, -0.5, 10, 20), 6, 1);
  // k = 1: row 0 has 3 as its nearest, its third: 2; row 3 has 0, its third: 2; row 4 has 2, its second: 1.
  expect(mapTrust(rows, map, 1)).toBeCloseTo(1 - (2 * 5) / (6 * 1 * (12 - 3 - 1)), 14);
});

test('the stress of two equal and one too short side is Kruskal’s', () => {
  const triangle = matrix(Float64Array.of(0, 0, 1, 0, 0.5, Math.sqrt(3) / 2), 3, 2);
  const flat = matrix(Float64Array.of(0, 1, 0.5), 3, 1);
  // Distances 1, 1/2, 1/2 for 1, 1, 1: 1 − 4/(1.5 · 3).
  expect(scaledStress(triangle, flat)).toBeCloseTo(Math.sqrt(1 - 4 / 4.5), 14);
});
