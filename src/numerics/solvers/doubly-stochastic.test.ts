import { expect, test } from 'vitest';
import { type Matrix, matrix, zeros64 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { doublyStochastic } from './doubly-stochastic.ts';

/** C·Cᵀ of n × d normal numbers. */
function products(n: number, d: number, seed: number): Matrix<Float64Array> {
  const random = Random.fromSeed(seed);
  const c = Float64Array.from({ length: n * d }, () => random.normal() / Math.sqrt(d));
  const out = zeros64(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let k = 0; k < d; k++) out.data[i * n + j] += c[i * d + k] * c[j * d + k];
    }
  }
  return out;
}

test('rows and columns sum to 1', () => {
  const n = 20;
  const { matrix: gamma } = doublyStochastic(products(n, 4, 1), { entropy: 0.2 });
  for (let i = 0; i < n; i++) {
    let [row, column] = [0, 0];
    for (let j = 0; j < n; j++) {
      row += gamma.data[i * n + j];
      column += gamma.data[j * n + i];
    }
    expect(Math.abs(row - 1)).toBeLessThan(1e-9);
    expect(Math.abs(column - 1)).toBeLessThan(1e-9);
  }
});

test('of two rows: Γ₁₂/Γ₁₁ = e^(−gap/η), the closed form', () => {
  const a = matrix(Float64Array.of(1, 0.25, 0.25, 1), 2, 2);
  const { matrix: gamma } = doublyStochastic(a, { entropy: 0.5 });
  const ratio = Math.exp((0.25 - 1) / 0.5);
  expect(gamma.data[0]).toBeCloseTo(1 / (1 + ratio), 12);
  expect(gamma.data[1]).toBeCloseTo(ratio / (1 + ratio), 12);
});

test('of equal products all are 1/n, at any entropy; of little entropy the identity', () => {
  const even = doublyStochastic(matrix(new Float64Array(9).fill(3), 3, 3), { entropy: 0.01 });
  for (const value of even.matrix.data) expect(value).toBeCloseTo(1 / 3, 12);
  const sharp = doublyStochastic(matrix(Float64Array.of(1, 0, 0, 1), 2, 2), { entropy: 0.01 });
  expect(sharp.matrix.data[0]).toBeCloseTo(1, 12);
});

test('a constant added to A changes nothing', () => {
  const a = products(8, 3, 2);
  const shifted = { ...a, data: a.data.map((value) => value + 5) };
  const [x, y] = [a, shifted].map((m) => doublyStochastic(m, { entropy: 0.3 }).matrix);
  x.data.forEach((value, e) => {
    expect(y.data[e]).toBeCloseTo(value, 10);
  });
});

test('halving a step quarters the remainder of the gradient', () => {
  const n = 7;
  const a = products(n, 3, 3);
  const weights = products(n, 2, 4);
  const direction = products(n, 5, 5);
  weights.data[1] += 2; // not symmetric
  const options = { entropy: 0.4, tolerance: 1e-14 };
  const loss = (m: Matrix) =>
    doublyStochastic(m, options).matrix.data.reduce((sum, x, e) => sum + x * weights.data[e], 0);
  const base = loss(a);
  const gradient = doublyStochastic(a, options).pullBack(weights);
  const slope = direction.data.reduce((sum, v, e) => sum + v * gradient.data[e], 0);
  const remainders = [0.02, 0.01, 0.005, 0.0025].map((h) => {
    const moved = { ...a, data: a.data.map((x, e) => x + h * direction.data[e]) };
    return Math.abs(loss(moved) - base - h * slope);
  });
  for (let i = 1; i < 4; i++) expect(remainders[i - 1] / remainders[i]).toBeGreaterThan(3.8);
});

test('the gradient is symmetric and its rows sum with Γ to nothing: shifts are free', () => {
  const a = products(6, 3, 6);
  const { pullBack } = doublyStochastic(a, { entropy: 0.5, tolerance: 1e-13 });
  const gradient = pullBack(products(6, 2, 7));
  let total = 0;
  for (let i = 0; i < 6; i++) {
    let row = 0;
    for (let j = 0; j < 6; j++) {
      row += gradient.data[6 * i + j];
      expect(gradient.data[6 * i + j]).toBe(gradient.data[6 * j + i]);
    }
    // A → A + f1ᵀ + 1fᵀ leaves Γ as it is.
    expect(Math.abs(row)).toBeLessThan(1e-9);
    total += row;
  }
  expect(Math.abs(total)).toBeLessThan(1e-9);
});

test('refuses what is not square, and says where it stands when it does not arrive', () => {
  expect(() => doublyStochastic(zeros64(2, 3), { entropy: 1 })).toThrow(
    'doublyStochastic: expected a square matrix; got 2 × 3.',
  );
  expect(() => doublyStochastic(products(9, 2, 1), { entropy: 0.05, maxRounds: 1 })).toThrow(
    /doublyStochastic: sums of rows are still .* from 1 after 1 rounds; a larger entropy than 0.05/,
  );
});
