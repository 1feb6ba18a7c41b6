import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalQuantile, normalTail, Z95 } from './normal.ts';

test('the upper tail is exact to 1e-13 of itself, however far out', () => {
  // erfc(z/√2)/2 to 40 digits in mpmath.
  for (const [z, tail] of [
    [1, 0.15865525393145705],
    [3, 0.0013498980316300946],
    [6.1, 5.303423262948841e-10],
    [9, 1.1285884059538405e-19],
    [20, 2.7536241186062337e-89],
    [37, 5.725571222524577e-300],
  ]) {
    expect(Math.abs(normalTail(z) / tail - 1)).toBeLessThan(1e-13);
    expect(normalTail(-z)).toBe(1 - normalTail(z));
  }
  expect(normalTail(0)).toBe(0.5);
  expect(normalTail(Infinity)).toBe(0);
  expect(normalTail(NaN)).toBeNaN();
});

test('95 % lie within Z95', () => {
  expect(2 * normalTail(Z95)).toBeCloseTo(0.05, 15);
  expect(normalQuantile(0.975)).toBeCloseTo(Z95, 13);
});

test('quantiles agree with scipy', () => {
  // scipy 1.10.1: norm.ppf.
  expect(normalQuantile(0.025)).toBeCloseTo(-1.959963984540054, 13);
  expect(normalQuantile(1e-10)).toBeCloseTo(-6.361340902404056, 12);
  expect(normalQuantile(0.6)).toBeCloseTo(0.2533471031357997, 14);
});

test('quantile and tail are inverse', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-12, max: 0.999, noNaN: true }), (p) => {
      expect(normalTail(-normalQuantile(p)) / p).toBeCloseTo(1, 11);
    }),
  );
});
