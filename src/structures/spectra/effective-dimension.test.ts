import { expect, test } from 'vitest';
import { effectiveDimensionOf } from './effective-dimension.ts';

test('it is the fewest eigenvalues that hold the share', () => {
  const values = Float64Array.of(5, 3, 1, 1);
  const of = (share: number) => effectiveDimensionOf(values, share);
  expect([0.5, 0.51, 0.8, 0.81, 0.9, 0.95, 1].map(of)).toEqual([1, 2, 2, 3, 3, 4, 4]);
});

test('what rounding leaves of no variance is no dimension', () => {
  expect(effectiveDimensionOf(Float64Array.of(1, 1, 1e-16, -1e-16), 1)).toBe(2);
});

test('a share that equal eigenvalues meet exactly is met whatever they are', () => {
  // 19 of 20 are 95 %, and the sum of 19 times 0.1 is not 1.9 in floating point.
  for (const value of [0.1, 0.3, 1 / 3, 7])
    expect(effectiveDimensionOf(new Float64Array(20).fill(value), 0.95)).toBe(19);
});

test('without variance there is none', () => {
  expect(effectiveDimensionOf(new Float64Array(3), 0.95)).toBeNaN();
});
