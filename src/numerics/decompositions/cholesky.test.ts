import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Matrix, matrix, zeros64 } from '../../core/matrix.ts';
import { normalMatrix, product, relativeDifference, transpose } from '../../testing/matrices.ts';
import { cholesky, choleskySolve } from './cholesky.ts';
import fixture from './fixtures/numpy.fixture.json' with { type: 'json' };
import { solveTriangular } from './triangular.ts';

/** XᵀX of n + 2 normal rows: positive definite. */
function gramOf(n: number, seed: number): Matrix<Float64Array> {
  const x = normalMatrix(n + 2, n, seed);
  return product(transpose(x), x);
}

describe('cholesky', () => {
  test('A = L Lᵀ to 1e-12, L lower with positive diagonal', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), (n, seed) => {
        const a = gramOf(n, seed);
        const l = cholesky(a);
        expect(relativeDifference(product(l, l, true), a)).toBeLessThan(1e-12);
        for (let i = 0; i < n; i++) {
          expect(l.data[i * n + i]).toBeGreaterThan(0);
          for (let j = i + 1; j < n; j++) expect(l.data[i * n + j]).toBe(0);
        }
      }),
    );
  });

  test('min(i, j) has the lower triangle of ones; the Pascal matrix the binomials', () => {
    const n = 8;
    const least = zeros64(n, n);
    const pascal = zeros64(n, n);
    const binomials = zeros64(n, n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        least.data[i * n + j] = Math.min(i, j) + 1;
        pascal.data[i * n + j] =
          i === 0 || j === 0 ? 1 : pascal.data[(i - 1) * n + j] + pascal.data[i * n + j - 1];
        binomials.data[i * n + j] =
          j === 0
            ? 1
            : i === 0
              ? 0
              : binomials.data[(i - 1) * n + j] + binomials.data[(i - 1) * n + j - 1];
      }
    }
    expect([...cholesky(least).data]).toEqual(lowerOnes(n));
    expect(cholesky(pascal)).toEqual(binomials);
  });

  test('agrees with LAPACK', () => {
    for (const { n, data, l } of fixture.cholesky) {
      const wanted = matrix(Float64Array.from(l.flat()), n, n);
      const got = cholesky(matrix(Float64Array.from(data), n, n));
      expect(relativeDifference(got, wanted)).toBeLessThan(1e-13);
    }
  });

  test('choleskySolve solves A X = B', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 5 }),
        fc.nat(),
        (n, r, seed) => {
          const a = gramOf(n, seed);
          for (let i = 0; i < n; i++) a.data[i * n + i] += n;
          const x = normalMatrix(n, r, seed + 1);
          expect(relativeDifference(choleskySolve(cholesky(a), product(a, x)), x)).toBeLessThan(
            1e-12,
          );
        },
      ),
    );
  });

  test('names what is wrong', () => {
    const of = (...values: number[]) => matrix(Float64Array.from(values), 2, 2);
    expect(() => cholesky(of(1, 2, 2, 1))).toThrow(
      'cholesky: the matrix is not positive definite: pivot 2 of 2 is -3.',
    );
    expect(() => cholesky(of(0, 0, 0, 1))).toThrow('pivot 1 of 2 is 0.');
    expect(() => cholesky(of(1, 2, 3, 9))).toThrow(
      'cholesky: the matrix is not symmetric: element (1, 0) is 3, element (0, 1) is 2.',
    );
    expect(() => cholesky(of(1, NaN, NaN, 1))).toThrow('cholesky: element (0, 1) is NaN.');
    expect(() => cholesky(zeros64(2, 3))).toThrow('cholesky: expected a square matrix; got 2 × 3.');
  });
});

describe('solveTriangular', () => {
  test('solves with either triangle and its transpose, and ignores the other triangle', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 0, max: 4 }),
        fc.nat(),
        (n, r, seed) => {
          const full = normalMatrix(n, n, seed);
          for (let i = 0; i < n; i++) full.data[i * n + i] = 2 * n + Math.abs(full.data[i * n + i]);
          const x = normalMatrix(n, r, seed + 1);
          const keep = (below: boolean) =>
            matrix(
              full.data.map((value, at) => {
                const [i, j] = [Math.floor(at / n), at % n];
                return i === j || i > j === below ? value : 0;
              }),
              n,
              n,
            );
          const [lower, upper] = [keep(true), keep(false)];
          const cases = [
            ['lower', lower],
            ['upper', upper],
            ['lower-transposed', transpose(lower)],
            ['upper-transposed', transpose(upper)],
          ] as const;
          for (const [form, t] of cases) {
            const got = solveTriangular(full, product(t, x), form);
            expect(relativeDifference(got, x)).toBeLessThan(1e-12);
          }
        },
      ),
    );
  });

  test('names what is wrong', () => {
    const t = matrix(Float64Array.of(1, 0, 5, 0), 2, 2);
    expect(() => solveTriangular(t, zeros64(2, 1), 'lower')).toThrow(
      'solveTriangular: T is singular: element (1, 1) is 0.',
    );
    expect(() => solveTriangular(t, zeros64(3, 1), 'lower')).toThrow(
      'expected B of 2 rows; got 3.',
    );
    expect(() => solveTriangular(zeros64(2, 3), zeros64(2, 1), 'upper')).toThrow('a square T');
  });
});

function lowerOnes(n: number): number[] {
  return Array.from({ length: n * n }, (_, at) => (at % n <= Math.floor(at / n) ? 1 : 0));
}
