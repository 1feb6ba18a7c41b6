import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError, ShapeError } from '../../core/errors.ts';
import { type Matrix, matrix, zeros64 } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { eigh, symmetricEigenvalues } from './eigh.ts';

function symmetric(n: number, entry: (i: number, j: number) => number): Matrix<Float64Array> {
  const a = zeros64(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) a.data[i * n + j] = a.data[j * n + i] = entry(i, j);
  }
  return a;
}

function randomSymmetric(n: number, seed: number): Matrix<Float64Array> {
  const random = Random.fromSeed(seed);
  return symmetric(n, () => random.normal());
}

/** max |A v − λ v| and max |⟨v_k, v_l⟩ − δ_kl|, relative to |λ| at most. */
function defects(a: Matrix): { residual: number; orthogonality: number } {
  const { values, vectors } = eigh(a);
  const n = a.rows;
  const norm = Math.max(Math.abs(values[0]), Math.abs(values[n - 1]), 1e-300);
  let residual = 0;
  let orthogonality = 0;
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < n; i++) {
      let image = 0;
      let inner = 0;
      for (let j = 0; j < n; j++) {
        image += a.data[i * n + j] * vectors.data[k * n + j];
        inner += vectors.data[i * n + j] * vectors.data[k * n + j];
      }
      residual = Math.max(residual, Math.abs(image - values[k] * vectors.data[k * n + i]) / norm);
      orthogonality = Math.max(orthogonality, Math.abs(inner - (i === k ? 1 : 0)));
    }
  }
  return { residual, orthogonality };
}

describe('eigh', () => {
  test('the second difference matrix has eigenvalues 2 − 2 cos(kπ/(n+1))', () => {
    const n = 40;
    const a = symmetric(n, (i, j) => (i === j ? 2 : j === i + 1 ? -1 : 0));
    const { values } = eigh(a);
    for (let k = 0; k < n; k++) {
      expect(values[k]).toBeCloseTo(2 - 2 * Math.cos(((n - k) * Math.PI) / (n + 1)), 13);
    }
  });

  test('all ones plus identity has eigenvalue n + 1 once and 1 otherwise', () => {
    const { values, vectors } = eigh(symmetric(9, (i, j) => (i === j ? 2 : 1)));
    expect(values[0]).toBeCloseTo(10, 13);
    for (let k = 1; k < 9; k++) expect(values[k]).toBeCloseTo(1, 13);
    for (let j = 0; j < 9; j++) expect(Math.abs(vectors.data[j])).toBeCloseTo(1 / 3, 13);
  });

  test.each([1, 2, 3, 4, 5, 17, 64, 151])(
    'A V = V Λ and V is orthonormal to 1e-12, random n = %i',
    (n) => {
      const { residual, orthogonality } = defects(randomSymmetric(n, n));
      expect(residual).toBeLessThan(1e-12);
      expect(orthogonality).toBeLessThan(1e-12);
    },
  );

  test('hard spectra keep the residual: zero, diagonal, graded, clustered, rank one', () => {
    const shapes: ((i: number, j: number) => number)[] = [
      () => 0,
      (i, j) => (i === j ? (i * 7) % 5 : 0),
      (i, j) => 10 ** (-(i + j) / 2),
      (i, j) => (i === j ? 1 : 1e-14 * Math.cos(i + j)),
      (i, j) => (i + 1) * (j + 1),
      (i, j) => 1e200 * Math.cos(i * j),
      (i, j) => 1e-200 * Math.cos(i * j),
    ];
    for (const shape of shapes) {
      const { residual, orthogonality } = defects(symmetric(30, shape));
      expect(residual).toBeLessThan(1e-12);
      expect(orthogonality).toBeLessThan(1e-12);
    }
  });

  test('trace and Frobenius norm are kept, values fall, and the values alone agree', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 24 }), fc.nat(), (n, seed) => {
        const a = randomSymmetric(n, seed);
        const { values } = eigh(a);
        const alone = symmetricEigenvalues(a);
        let trace = 0;
        let squares = 0;
        for (let i = 0; i < n; i++) trace += a.data[i * n + i];
        for (const x of a.data) squares += x * x;
        expect(values.reduce((s, x) => s + x, 0)).toBeCloseTo(trace, 10);
        expect(values.reduce((s, x) => s + x * x, 0)).toBeCloseTo(squares, 9);
        for (let k = 0; k < n; k++) {
          expect(alone[k]).toBeCloseTo(values[k], 12);
          if (k > 0) expect(values[k]).toBeLessThanOrEqual(values[k - 1]);
        }
      }),
    );
  });

  test('only the upper triangle is read and the input is not changed', () => {
    const a = randomSymmetric(12, 3);
    const before = a.data.slice();
    const { values } = eigh(a);
    expect(a.data).toEqual(before);
    for (let i = 0; i < 12; i++) for (let j = 0; j < i; j++) a.data[i * 12 + j] = 99;
    expect(eigh(a).values).toEqual(values);
  });

  test('the same matrix gives the same bytes', () => {
    const a = randomSymmetric(33, 5);
    expect(eigh(a)).toEqual(eigh(a));
  });

  test('matrices that are not square or not finite are refused', () => {
    expect(() => eigh(zeros64(2, 3))).toThrow(ShapeError);
    expect(() => eigh(zeros64(0, 0))).toThrow(ShapeError);
    expect(() => eigh(matrix(new Float64Array([1, NaN, NaN, 1]), 2, 2))).toThrow(InputError);
  });
});
