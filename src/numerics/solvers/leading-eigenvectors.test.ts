import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { leadingEigenvectors } from './leading-eigenvectors.ts';

/** The path of n places: 2 on the diagonal, 1 beside it; λ_j = 2 + 2 cos(πj/(n + 1)). */
function path(n: number) {
  const multiply = (x: Float64Array, out: Float64Array, b: number) => {
    for (let e = 0; e < n * b; e++) out[e] = 2 * x[e] + (x[e - b] ?? 0) + (x[e + b] ?? 0);
  };
  return { n, least: 0, multiply };
}

const diagonal = (values: readonly number[]) => ({
  n: values.length,
  least: Math.min(...values),
  multiply(x: Float64Array, out: Float64Array, b: number) {
    for (let e = 0; e < out.length; e++) out[e] = values[Math.floor(e / b)] * x[e];
  },
});

const random = () => Random.fromSeed(1);

test('the eigenvalues of a path are those of the closed form', async () => {
  const n = 800;
  const { values, vectors, residuals, converged } = await leadingEigenvectors(path(n), 4, {
    random: random(),
  });
  expect(converged).toBe(true);
  values.forEach((value, j) => {
    // An error of λ is below the square of the residual over the gap, and never above the residual.
    expect(Math.abs(value - 2 - 2 * Math.cos((Math.PI * (j + 1)) / (n + 1)))).toBeLessThan(4e-9);
    expect(residuals[j]).toBeLessThan(4e-9);
  });
  for (let a = 0; a < 4; a++) {
    for (let b = 0; b <= a; b++) {
      let product = 0;
      for (let i = 0; i < n; i++) product += vectors.data[a * n + i] * vectors.data[b * n + i];
      expect(product).toBeCloseTo(a === b ? 1 : 0, 12);
    }
  }
});

test('equal eigenvalues are all found', async () => {
  const values = Array.from({ length: 300 }, (_, i) => (i < 3 ? 5 : 4 - i / 300));
  const found = await leadingEigenvectors(diagonal(values), 4, { random: random() });
  [5, 5, 5, 4 - 3 / 300].forEach((value, c) => {
    expect(found.values[c]).toBeCloseTo(value, 8);
  });
});

test('few rows are solved exactly, more vectors than there are being left out', async () => {
  const found = await leadingEigenvectors(diagonal([1, 3, 2]), 5, { random: random() });
  expect(Array.from(found.values, (value) => Number(value.toFixed(12)))).toEqual([3, 2, 1]);
  const equal = await leadingEigenvectors(diagonal([2, 2, 2]), 2, { random: random() });
  expect(Array.from(equal.values, (value) => Number(value.toFixed(12)))).toEqual([2, 2]);
});

test('vectors that are known are left out', async () => {
  const known = Float64Array.of(0, 1, 0, 0);
  const { values } = await leadingEigenvectors(diagonal([1, 9, 2, 3]), 2, {
    random: random(),
    without: [known],
  });
  expect(Array.from(values, (value) => Number(value.toFixed(12)))).toEqual([3, 2]);
});

test('says so where the rounds do not suffice', async () => {
  const { converged } = await leadingEigenvectors(path(5000), 3, {
    random: random(),
    mostRounds: 0,
  });
  expect(converged).toBe(false);
});
