import { describe, expect, test } from 'vitest';
import { InputError, OptionError, ShapeError } from '../core/errors.ts';
import { type Matrix, row } from '../core/matrix.ts';
import { Random } from '../core/random.ts';
import { powerSpherical, uniformPoints, vonMisesFisher } from './sampling.ts';
import { sphere } from './sphere.ts';

const n = 4000;

/** Iν+1(κ)/Iν(κ) with ν = d/2 − 1 by its continued fraction: the mean of t under von Mises–Fisher. */
function besselRatio(d: number, kappa: number): number {
  let ratio = 0;
  for (let k = 4000; k >= 0; k--) ratio = 1 / ((d + 2 * k) / kappa + ratio);
  return ratio;
}

function meanDirection(d: number): Float64Array {
  const mu = Float64Array.from({ length: d }, (_, c) => (c % 2 === 0 ? 1 : -0.5));
  sphere.projectPoint(mu, mu);
  return mu;
}

/** 1 − ⟨μ,x⟩ = ‖x − μ‖²/2 for every row. */
function gaps(points: Matrix, mu: Float64Array): Float64Array {
  return Float64Array.from({ length: points.rows }, (_, i) => {
    const x = row(points, i);
    let squared = 0;
    for (let c = 0; c < mu.length; c++) squared += (x[c] - mu[c]) ** 2;
    return squared / 2;
  });
}

function mean(values: Float64Array): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

/** The mean of the values lies within 4.5 standard errors (chance of failing 7e-6). */
function expectMean(values: Float64Array, expected: number, variance: number): void {
  const error = Math.sqrt(variance / values.length);
  expect(Math.abs(mean(values) - expected)).toBeLessThan(4.5 * error);
}

/** The sample variance lies within 4.5 of its standard errors √((m₄ − m₂²)/n), m₄ estimated. */
function expectVariance(values: Float64Array, expected: number): void {
  const centre = mean(values);
  const squares = values.map((value) => (value - centre) ** 2);
  const fourth = mean(squares.map((value) => value * value));
  const error = Math.sqrt((fourth - expected * expected) / values.length);
  expect(Math.abs(mean(squares) - expected)).toBeLessThan(4.5 * error);
}

function expectUnitRows(points: Matrix): void {
  for (let i = 0; i < points.rows; i++) {
    const x = row(points, i);
    expect(Math.abs(sphere.inner(x, x, x) - 1)).toBeLessThan(5e-7);
  }
}

describe('uniform points', () => {
  test.each([1, 2, 3, 64])('in %i dimensions coordinates have mean 0 and variance 1/d', (d) => {
    const points = uniformPoints(n, d, Random.fromSeed(d));
    expectUnitRows(points);
    const first = Float64Array.from({ length: n }, (_, i) => points.data[i * d]);
    expectMean(first, 0, 1 / d);
    // E x⁴ = 3/(d(d+2)).
    expectMean(
      first.map((x) => x * x),
      1 / d,
      Math.max(3 / (d * (d + 2)) - 1 / (d * d), 1e-12),
    );
  });

  test('the same seed gives the same bytes', () => {
    const once = uniformPoints(100, 5, Random.fromSeed(7)).data;
    expect(uniformPoints(100, 5, Random.fromSeed(7)).data).toEqual(once);
    expect(uniformPoints(100, 5, Random.fromSeed(8)).data).not.toEqual(once);
  });

  test('no points or no dimensions are refused', () => {
    expect(() => uniformPoints(0, 3, Random.fromSeed(0))).toThrow(ShapeError);
    expect(() => uniformPoints(3, 0, Random.fromSeed(0))).toThrow(ShapeError);
  });
});

describe('von Mises–Fisher', () => {
  test.each([
    [2, 0.5],
    [2, 40],
    [3, 1],
    [3, 1e4],
    [64, 10],
    [64, 100],
    [64, 1e5],
  ])('in %i dimensions with κ = %d the cosine to the mean has mean A_d(κ)', (d, kappa) => {
    const mu = meanDirection(d);
    const points = vonMisesFisher(n, mu, kappa, Random.fromSeed(3));
    expectUnitRows(points);
    const ratio = besselRatio(d, kappa);
    const variance = 1 - ratio * ratio - ((d - 1) * ratio) / kappa;
    // For large κ the variance above cancels; (d − 1)/(2κ²) is its limit.
    const settled = kappa > 1e3 ? (d - 1) / (2 * kappa * kappa) : variance;
    const gapMean = kappa > 1e3 ? meanGap(d, kappa) : 1 - ratio;
    expectMean(gaps(points, mu), gapMean, settled);
    expectVariance(gaps(points, mu), settled);
  });

  /** 1 − A_d(κ) for large κ: (d−1)/(2κ) − (d−1)(d−3)/(8κ²) + O(κ⁻³). */
  function meanGap(d: number, kappa: number): number {
    return (d - 1) / (2 * kappa) - ((d - 1) * (d - 3)) / (8 * kappa * kappa);
  }

  test('directions around the mean are uniform', () => {
    const mu = meanDirection(3);
    const points = vonMisesFisher(n, mu, 5, Random.fromSeed(4));
    const side = Float64Array.of(1, 0, 0);
    sphere.projectTangent(mu, side, side);
    const across = Float64Array.from({ length: n }, (_, i) =>
      sphere.inner(mu, side, row(points, i)),
    );
    expectMean(across, 0, sphere.inner(mu, side, side));
  });

  test('κ = 0 is the uniform distribution', () => {
    const mu = meanDirection(4);
    expectMean(gaps(vonMisesFisher(n, mu, 0, Random.fromSeed(5)), mu), 1, 1 / 4);
  });

  test('on the two points of one dimension the log-odds are 2κ', () => {
    const gap = gaps(
      vonMisesFisher(n, Float64Array.of(2), 0.3, Random.fromSeed(6)),
      Float64Array.of(1),
    );
    const away = 1 / (1 + Math.exp(0.6));
    expectMean(gap, 2 * away, 4 * away * (1 - away));
  });
});

describe('power spherical', () => {
  test.each([
    [2, 1],
    [2, 50],
    [3, 0],
    [3, 2000],
    [64, 100],
  ])('in %i dimensions with κ = %d the cosine has mean (α − β)/(α + β)', (d, kappa) => {
    const mu = meanDirection(d);
    const points = powerSpherical(n, mu, kappa, Random.fromSeed(8));
    expectUnitRows(points);
    const alpha = (d - 1) / 2 + kappa;
    const beta = (d - 1) / 2;
    const total = alpha + beta;
    const variance = (4 * alpha * beta) / (total * total * (total + 1));
    expectMean(gaps(points, mu), (2 * beta) / total, variance);
    expectVariance(gaps(points, mu), variance);
  });

  test('in one dimension every point is the mean unless κ = 0', () => {
    const mu = Float64Array.of(-1);
    const points = powerSpherical(50, mu, 1, Random.fromSeed(1));
    expect(points.data).toEqual(new Float32Array(50).fill(-1));
    expectMean(gaps(powerSpherical(n, mu, 0, Random.fromSeed(1)), mu), 1, 1);
  });

  test('a mean of zero and a negative or infinite κ are refused', () => {
    const random = Random.fromSeed(0);
    expect(() => powerSpherical(2, new Float64Array(3), 1, random)).toThrow(InputError);
    expect(() => powerSpherical(2, Float64Array.of(1, NaN), 1, random)).toThrow(InputError);
    expect(() => powerSpherical(2, Float64Array.of(1, 0), -1, random)).toThrow(OptionError);
    expect(() => vonMisesFisher(2, Float64Array.of(1, 0), Infinity, random)).toThrow(OptionError);
  });
});
