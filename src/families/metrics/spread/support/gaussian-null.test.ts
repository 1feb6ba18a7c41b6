import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectedKernel } from '../../../../structures/uniform/expectation.ts';
import { gaussianPowerSum, gaussianUniformLaw, logGaussianEigenvalue } from './gaussian-null.ts';

const gaussianExpectation = (t: number, d: number) =>
  expectedKernel({ shape: 'gaussian', distance: 'chordal', scale: t }, d);

const dimension = fc.integer({ min: 1, max: 1024 });
const width = fc.double({ min: 0.01, max: 20, noNaN: true });

test('the eigenvalue of degree 0 is the expectation', () => {
  fc.assert(
    fc.property(dimension, width, (d, t) => {
      expect(Math.exp(logGaussianEigenvalue(0, t, d)) / gaussianExpectation(t, d)).toBeCloseTo(
        1,
        10,
      );
    }),
  );
});

test('the eigenvalues with multiplicity sum to k(0) − κ₀, their squares to the variance', () => {
  fc.assert(
    fc.property(dimension, width, (d, t) => {
      const expectation = gaussianExpectation(t, d);
      expect(gaussianPowerSum(1, t, d)).toBeCloseTo(1 - expectation, 9);
      const variance = gaussianExpectation(2 * t, d) - expectation ** 2;
      const sum = gaussianPowerSum(2, t, d);
      expect(Math.abs(sum - variance)).toBeLessThan(1e-10 * gaussianExpectation(2 * t, d));
    }),
  );
});

test('the spread of the statistic is √(2 Var(k)/(n(n−1))) and its interval leans to the right', () => {
  const { sd, low, high } = gaussianUniformLaw(2, 100, 3);
  const variance = gaussianExpectation(4, 3) - gaussianExpectation(2, 3) ** 2;
  expect(sd).toBeCloseTo(Math.sqrt((2 * variance) / 9900), 14);
  expect(-low).toBeLessThan(high);
});
