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
