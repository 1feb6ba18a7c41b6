import { expect, test } from 'vitest';
import { normalQuantile } from '../laws/normal.ts';
import { scalarLevels } from './scalar-levels.ts';

/** A normal law in n equal shares. */
const normals = (n: number) =>
  Float64Array.from({ length: n }, (_, i) => normalQuantile((i + 0.5) / n));

function meanSquaredError(values: Float64Array, levels: Float64Array): number {
  const error = (x: number) => Math.min(...levels.map((level) => (x - level) ** 2));
  return values.reduce((sum, x) => sum + error(x), 0) / values.length;
}

test('two levels of a normal law are ±√(2/π), four ±0.4528 and ±1.5104 (Max 1960, table I)', () => {
  const values = normals(20_000);
  expect(scalarLevels(values, 2)[1]).toBeCloseTo(Math.sqrt(2 / Math.PI), 3);
  const four = scalarLevels(values, 4);
  [-1.5104, -0.4528, 0.4528, 1.5104].forEach((level, l) => {
    expect(four[l]).toBeCloseTo(level, 2);
  });
});

test('sixteen levels of a normal law have its least error, 0.009497 (Max 1960), and even ones more', () => {
  const values = normals(20_000);
  const [least, most] = [values[0], values[values.length - 1]];
  const even = Float64Array.from({ length: 16 }, (_, l) => least + (l * (most - least)) / 15);
  const error = meanSquaredError(values, scalarLevels(values, 16));
  expect(error).toBeCloseTo(0.009497, 4);
  expect(meanSquaredError(values, even)).toBeGreaterThan(2 * error);
});

test('as many distinct numbers as levels come back, with however many copies', () => {
  const values = Float64Array.of(1, 1, 1, 1, 1, 1, 1, 4, 9);
  expect([...new Set(scalarLevels(values, 4))]).toEqual([1, 4, 9]);
  expect([...scalarLevels(Float64Array.of(7), 3)]).toEqual([7, 7, 7]);
});
