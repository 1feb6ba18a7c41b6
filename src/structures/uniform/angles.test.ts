import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  meanResultantLength,
  nearestAngleCdf,
  nearestAngleDensity,
  nearestAngleMean,
  nearestAngleQuantile,
  pairAngleCdf,
  pairAngleDensity,
  pairAngleQuantile,
  smallestAngleQuantile,
} from './angles.ts';

const dimension = fc.integer({ min: 2, max: 1024 });
const share = fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true });

/** ∫ f over [0, π] by Simpson's rule with 4000 intervals. */
function integral(f: (theta: number) => number): number {
  const step = Math.PI / 4000;
  let sum = f(0) + f(Math.PI);
  for (let i = 1; i < 4000; i++) sum += (i % 2 === 1 ? 4 : 2) * f(i * step);
  return (sum * step) / 3;
}

describe('the angle of a pair', () => {
  test('is uniform on the circle: F = θ/π', () => {
    for (const theta of [0.1, 1, 2, 3]) {
      expect(pairAngleCdf(theta, 2)).toBeCloseTo(theta / Math.PI, 14);
      expect(pairAngleDensity(theta, 2)).toBeCloseTo(1 / Math.PI, 14);
    }
  });

  test('has F = (1 − cos θ)/2 and density sin θ / 2 in three dimensions', () => {
    for (const theta of [1e-4, 0.1, 1, 2, 3.1]) {
      expect(pairAngleCdf(theta, 3) / Math.sin(theta / 2) ** 2).toBeCloseTo(1, 13);
      expect(pairAngleDensity(theta, 3)).toBeCloseTo(Math.sin(theta) / 2, 14);
    }
  });

  test('is 0 or π with equal chance in one dimension', () => {
    expect(pairAngleCdf(0, 1)).toBe(0.5);
    expect(pairAngleCdf(3, 1)).toBe(0.5);
    expect(pairAngleCdf(Math.PI, 1)).toBe(1);
    expect(pairAngleQuantile(0.4, 1)).toBe(0);
    expect(pairAngleQuantile(0.6, 1)).toBe(Math.PI);
  });

  test('quantile and distribution function are inverse', () => {
    fc.assert(
      fc.property(dimension, share, (d, p) => {
        const q = pairAngleQuantile(p, d);
        const smaller = p < 0.5 ? p : 1 - p;
        expect(Math.abs(pairAngleCdf(q, d) - p)).toBeLessThan(1e-11 * smaller + 1e-14);
      }),
    );
  });

  test('is symmetric about a right angle', () => {
    fc.assert(
      fc.property(dimension, fc.double({ min: 0, max: Math.PI, noNaN: true }), (d, theta) => {
        expect(pairAngleCdf(Math.PI - theta, d)).toBeCloseTo(1 - pairAngleCdf(theta, d), 12);
      }),
    );
  });

  test.each([2, 3, 10, 100, 768, 4096])('density integrates to 1 in %i dimensions', (d) => {
    expect(integral((theta) => pairAngleDensity(theta, d))).toBeCloseTo(1, 10);
  });
});

describe('the nearest angle', () => {
  test('of two points is the angle of the pair', () => {
    for (const theta of [0.3, 1.5, 2.5]) {
      expect(nearestAngleCdf(theta, 2, 7)).toBeCloseTo(pairAngleCdf(theta, 7), 14);
      expect(nearestAngleDensity(theta, 2, 7)).toBeCloseTo(pairAngleDensity(theta, 7), 13);
    }
    expect(nearestAngleMean(2, 7)).toBeCloseTo(Math.PI / 2, 12);
    expect(smallestAngleQuantile(0.3, 2, 7)).toBeCloseTo(pairAngleQuantile(0.3, 7), 13);
  });

  test('among n points of the circle has mean π/n', () => {
    for (const n of [2, 3, 10, 1000, 100_000]) {
      expect((nearestAngleMean(n, 2) * n) / Math.PI).toBeCloseTo(1, 10);
    }
  });

  test('has median F⁻¹(1 − 2^{−1/(n−1)})', () => {
    for (const [n, d] of [
      [50, 3],
      [200, 10],
      [500, 64],
      [31_636, 100],
    ]) {
      const median = nearestAngleQuantile(0.5, n, d);
      expect(nearestAngleCdf(median, n, d)).toBeCloseTo(0.5, 12);
      expect((1 - pairAngleCdf(median, d)) ** (n - 1)).toBeCloseTo(0.5, 9);
    }
  });

  test.each([
    [50, 3],
    [200, 10],
    [500, 64],
  ])('n = %i, d = %i: density integrates to 1, survival to the mean', (n, d) => {
    expect(integral((theta) => nearestAngleDensity(theta, n, d))).toBeCloseTo(1, 8);
    const mean = integral((theta) => 1 - nearestAngleCdf(theta, n, d));
    expect(nearestAngleMean(n, d)).toBeCloseTo(mean, 7);
  });
});

describe('the smallest of all pairs', () => {
  test('agrees with exp(−n(n−1)F/2) where F is small', () => {
    for (const [n, d] of [
      [50, 3],
      [200, 10],
      [31_636, 100],
    ]) {
      const poisson = pairAngleQuantile((2 * Math.LN2) / (n * (n - 1)), d);
      // 1 − 2^{−1/N} and ln 2/N differ by ln 2/(2N), relative.
      expect(smallestAngleQuantile(0.5, n, d) / poisson).toBeCloseTo(1, 3);
    }
  });

  test('falls with n and rises with d and with the share', () => {
    const at = (p: number, n: number, d: number) => smallestAngleQuantile(p, n, d);
    expect(at(0.5, 100, 10)).toBeGreaterThan(at(0.5, 200, 10));
    expect(at(0.5, 100, 11)).toBeGreaterThan(at(0.5, 100, 10));
    expect(at(0.6, 100, 10)).toBeGreaterThan(at(0.5, 100, 10));
  });
});

test('the mean resultant length of one point tends to 1 with d', () => {
  expect(meanResultantLength(1, 4096)).toBeCloseTo(1, 3);
  // E R ≈ √(π/(4n)) on the circle.
  expect(meanResultantLength(100, 2)).toBeCloseTo(Math.sqrt(Math.PI) / 20, 14);
});
