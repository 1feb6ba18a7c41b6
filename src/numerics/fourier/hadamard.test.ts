import { expect, test } from 'vitest';
import { hadamardInPlace } from './hadamard.ts';

test('of four numbers: sums with the signs of the Hadamard matrix, over 2', () => {
  const x = Float64Array.of(1, 2, 3, 5);
  hadamardInPlace(x, 0, 4);
  expect([...x]).toEqual([5.5, -1.5, -2.5, 0.5]);
});

test('is its own inverse, keeps the length and leaves the numbers around alone', () => {
  const given = Float64Array.from({ length: 40 }, (_, i) => ((i * 7919) % 101) - 50);
  const x = given.slice();
  hadamardInPlace(x, 5, 32);
  const squares = (values: Float64Array) => values.reduce((sum, value) => sum + value * value, 0);
  // 32 numbers below 51 in float64.
  expect(squares(x)).toBeCloseTo(squares(given), 8);
  expect([...x.slice(0, 5), ...x.slice(37)]).toEqual([...given.slice(0, 5), ...given.slice(37)]);
  hadamardInPlace(x, 5, 32);
  x.forEach((value, i) => {
    expect(value).toBeCloseTo(given[i], 11);
  });
});

test('one number stays', () => {
  const x = Float64Array.of(3);
  hadamardInPlace(x, 0, 1);
  expect(x[0]).toBe(3);
});

test.each([2, 8, 16, 64, 128])('of %i numbers: each with the signs of its row', (length) => {
  const given = Float64Array.from({ length }, (_, i) => ((i * 31) % 17) - 8);
  const x = given.slice();
  hadamardInPlace(x, 0, length);
  const ones = (bits: number): number => (bits === 0 ? 0 : (bits & 1) + ones(bits >> 1));
  // Whole numbers: the sums are exact.
  const wanted = given.map((_, i) =>
    given.reduce((sum, value, j) => sum + (ones(i & j) % 2 ? -value : value), 0),
  );
  expect([...x]).toEqual([...wanted.map((sum) => sum * (1 / Math.sqrt(length)))]);
});
