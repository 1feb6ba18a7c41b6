import fc from 'fast-check';
import { expect, test } from 'vitest';
import fixture from '../../families/metrics/fixtures/metrics.fixture.json' with { type: 'json' };
import {
  chiSquaredQuantile,
  gammaCdf,
  gammaQuantile,
  gammaTail,
  skewedInterval,
  skewedTail,
} from './gamma.ts';
import { normalTail } from './normal.ts';

test('shape 1 is the exponential law', () => {
  for (const x of [1e-6, 0.1, 1, 5, 30]) expect(gammaCdf(1, x)).toBeCloseTo(1 - Math.exp(-x), 14);
  expect(chiSquaredQuantile(2, 0.95)).toBeCloseTo(-2 * Math.log(0.05), 12);
});

test('χ² quantiles agree with the tables', () => {
  // Abramowitz and Stegun, Table 26.8.
  expect(chiSquaredQuantile(1, 0.95)).toBeCloseTo(3.84146, 5);
  expect(chiSquaredQuantile(10, 0.975)).toBeCloseTo(20.4832, 4);
  expect(chiSquaredQuantile(10, 0.025)).toBeCloseTo(3.24697, 5);
  expect(chiSquaredQuantile(100, 0.95)).toBeCloseTo(124.342, 3);
});

test('quantile and distribution function are inverse', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.5, max: 5000, noNaN: true }),
      fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }),
      (shape, p) => {
        expect(gammaCdf(shape, gammaQuantile(shape, p))).toBeCloseTo(p, 10);
      },
    ),
  );
});

test('the interval is normal without skewness, and one-sided for an exponential law', () => {
  expect(skewedInterval(0)).toEqual([-1.959963984540054, 1.959963984540054]);
  const [low, high] = skewedInterval(0.01);
  expect(low).toBeCloseTo(-1.96, 1);
  expect(high).toBeCloseTo(1.96, 1);
  // Skewness 2 is the exponential law less 1.
  expect(skewedInterval(2)[0]).toBeCloseTo(-Math.log(0.975) - 1, 12);
  expect(skewedInterval(2)[1]).toBeCloseTo(-Math.log(0.025) - 1, 12);
  expect(skewedInterval(-2)[1]).toBeCloseTo(1 + Math.log(0.975), 12);
});

test(`upper tails are those of ${fixture.library}, small ones to 12 digits`, () => {
  for (const [shape, x, tail] of fixture.gammaTail) {
    expect(gammaTail(shape, x) / tail).toBeCloseTo(1, 10);
  }
});

test('skewed tails of either sign keep their digits however small', () => {
  // Γ(a, x)/Γ(a) and its complement at a = 4/γ², x = a ± z√a, to 40 digits in mpmath.
  for (const [skewness, z, tail] of [
    [2, 3, 0.01831563888873418],
    [2, 9, 4.5399929762484854e-5],
    [0.5, -1.5, 0.9512595966960213],
    [0.5, 9, 1.5262413396504805e-9],
    [0.1, 6, 1.8625232716785704e-8],
    [0.1, 9, 1.0310505409525604e-15],
    [-0.5, -1.5, 0.9231083999496387],
    [-0.5, 0.5, 0.33064008243748],
    [-0.5, 3, 4.892610719877852e-6],
    [-0.1, 6, 9.315647092302027e-12],
    [-0.1, 9, 9.157449511312678e-28],
  ]) {
    expect(Math.abs(skewedTail(skewness, z) / tail - 1)).toBeLessThan(1e-12);
  }
  // Skewness −2 is 1 less the exponential law, which ends at 1.
  expect(skewedTail(-2, 0.5)).toBeCloseTo(1 - Math.exp(-0.5), 14);
  expect(skewedTail(-2, 1)).toBe(0);
  expect(skewedTail(2, -1)).toBe(1);
});

test('the skewed law without skewness is the normal one', () => {
  for (const z of [-2, 0, 1, 6.1, 20]) {
    for (const skewness of [0, 1e-9, -1e-9]) expect(skewedTail(skewness, z)).toBe(normalTail(z));
  }
});
