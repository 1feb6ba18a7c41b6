import { describe, expect, test } from 'vitest';
import { zeros64 } from '../../../core/matrix.ts';
import { momentInterval, rootPolynomial } from './root-polynomials.ts';

/** The least greatest errors of degrees 1 to 4, from a linear program on 16,000 points. */
const LEAST = [0.20710678, 0.10987359, 0.07424735, 0.05596687];

function exactly(values: readonly number[], unit = 1) {
  const degree = values.length;
  const covariance = zeros64(degree, degree);
  for (let p = 0; p < degree; p++) covariance.data[p * (degree + 1)] = 1e-10;
  return { values: Float64Array.from(values), covariance, unit, rows: 100 };
}

/** Σ xᵖ of a spectrum. */
const powerSums = (xs: readonly number[], degree: number) =>
  Array.from({ length: degree }, (_, p) => xs.reduce((sum, x) => sum + x ** (p + 1), 0));

describe('rootPolynomial', () => {
  test.each([1, 2, 3, 4])(
    'degree %i: the least greatest error where no bias is allowed',
    (degree) => {
      const { error } = rootPolynomial(exactly(Array.from({ length: degree }, () => 0)), 1, 0);
      expect(error).toBeCloseTo(LEAST[degree - 1], 4);
    },
  );

  test('the bias stays within the bound of the user, and noise buys bias', () => {
    const noisy = exactly([0, 0, 0]);
    for (let p = 0; p < 3; p++) noisy.covariance.data[4 * p] = 1;
    const free = rootPolynomial(noisy, 1, 1);
    const bound = rootPolynomial(noisy, 1, 0.15);
    expect(free.error).toBeGreaterThan(0.15);
    expect(bound.error).toBeLessThanOrEqual(0.15 * (1 + 1e-4));
    expect(bound.error).toBeGreaterThan(0.14);
    const square = (g: Float64Array) => g.reduce((sum, x) => sum + x * x, 0);
    expect(square(bound.g)).toBeGreaterThan(square(free.g));
    expect(square(bound.g)).toBeLessThan(square(rootPolynomial(noisy, 1, 0).g));
  });
});

describe('momentInterval', () => {
  test.each([
    ['equal values', [0.25, 0.25, 0.25, 0.25]],
    ['one value', [1, 0, 0, 0]],
    ['a falling spectrum', [1, 0.25, 1 / 9, 1 / 16]],
  ])('holds the sum of roots of %s, whose moments are known exactly', (_, xs) => {
    // A cosine: the sum of roots over 4.
    const truth = xs.reduce((sum, x) => sum + Math.sqrt(x), 0) / 4;
    let before = Infinity;
    for (const degree of [1, 2, 3, 4]) {
      const { low, high } = momentInterval(
        exactly(
          powerSums(xs, degree).map((m) => m / 4),
          1 / 4,
        ),
        4,
      );
      expect(low).toBeLessThanOrEqual(truth + 1e-6);
      expect(high).toBeGreaterThanOrEqual(truth - 1e-6);
      expect(high - low).toBeLessThanOrEqual(before + 1e-3);
      before = high - low;
    }
    expect(before).toBeLessThan(0.1);
  });

  test('one moment gives m₁ from below and Cauchy and Schwarz from above', () => {
    // 4 directions, Σ x = 1: Σ √x is 1 at least and √4 at most.
    const { low, high } = momentInterval(exactly([1 / 4], 1 / 4), 4);
    expect(low).toBeCloseTo(1 / 4, 3);
    expect(high).toBeCloseTo(2 / 4, 3);
  });
});
