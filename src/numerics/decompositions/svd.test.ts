import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError, ShapeError } from '../../core/errors.ts';
import { type Matrix, matrix, zeros64 } from '../../core/matrix.ts';
import {
  hardMatrices,
  normalMatrix,
  orthogonalityDefect,
  product,
  relativeDifference,
  scaledColumns,
  transpose,
} from '../../testing/matrices.ts';
import fixture from './fixtures/numpy.fixture.json' with { type: 'json' };
import { qr } from './qr.ts';
import { singularValues, svd } from './svd.ts';

function expectDecomposed(a: Matrix): void {
  const { u, s, v } = svd(a);
  const k = Math.min(a.rows, a.cols);
  expect([u.rows, u.cols, s.length, v.rows, v.cols]).toEqual([a.rows, k, k, a.cols, k]);
  expect(relativeDifference(product(scaledColumns(u, s), v, true), a)).toBeLessThan(1e-12);
  expect(orthogonalityDefect(u)).toBeLessThan(1e-12);
  expect(orthogonalityDefect(v)).toBeLessThan(1e-12);
  for (let i = 0; i < k; i++) {
    expect(s[i]).toBeGreaterThanOrEqual(0);
    if (i > 0) expect(s[i]).toBeLessThanOrEqual(s[i - 1]);
  }
  const alone = singularValues(a);
  for (let i = 0; i < k; i++) expect(Math.abs(alone[i] - s[i])).toBeLessThanOrEqual(1e-13 * s[0]);
}

describe('svd', () => {
  test.each(Object.entries(hardMatrices))('A = U diag(s) Vᵀ to 1e-12: %s', (_, a) => {
    expectDecomposed(a);
    expectDecomposed(transpose(a));
  });

  test.each([
    [2, 2],
    [5, 3],
    [3, 5],
    [33, 32],
    [90, 70],
    [200, 41],
    [37, 150],
  ])('A = U diag(s) Vᵀ to 1e-12, random %i × %i', (n, d) => {
    expectDecomposed(normalMatrix(n, d, n + d));
  });

  test('A = U diag(s) Vᵀ to 1e-12 where a value repeats: corners of orthogonal matrices', () => {
    for (let seed = 0; seed < 40; seed++) {
      const { q } = qr(normalMatrix(11, 8, seed));
      const corner = matrix(q.data.slice(0, 64), 8, 8);
      expectDecomposed(corner);
      // Eight directions in eleven, twice: five are in both.
      for (const value of svd(corner).s.subarray(0, 5)) expect(value).toBeCloseTo(1, 14);
    }
  });

  test('agrees with LAPACK', () => {
    for (const { n, d, data, s, v } of fixture.svd) {
      const got = svd(matrix(Float64Array.from(data), n, d));
      for (let i = 0; i < s.length; i++) expect(got.s[i]).toBeCloseTo(s[i], 13);
      const wanted = matrix(Float64Array.from(v.flat()), d, Math.min(n, d));
      expect(relativeDifference(got.v, wanted)).toBeLessThan(1e-11);
    }
  });

  test('the bidiagonal of ones has values 2 cos(kπ/(2n+1))', () => {
    const n = 24;
    const a = zeros64(n, n);
    for (let i = 0; i < n; i++) {
      a.data[i * n + i] = 1;
      if (i + 1 < n) a.data[i * n + i + 1] = 1;
    }
    const s = singularValues(a);
    for (let k = 1; k <= n; k++) {
      expect(s[k - 1]).toBeCloseTo(2 * Math.cos((k * Math.PI) / (2 * n + 1)), 14);
    }
  });

  test('values of 1 to 1e-12 are found to 1e-15 of the largest, as no Gram matrix can', () => {
    const wanted = Float64Array.from({ length: 13 }, (_, i) => 10 ** -i);
    const { u } = svd(normalMatrix(40, 13, 5));
    const { v } = svd(normalMatrix(13, 13, 6));
    const s = singularValues(product(scaledColumns(u, wanted), v, true));
    for (let i = 0; i < 13; i++) expect(Math.abs(s[i] - wanted[i])).toBeLessThan(2e-15);
  });

  test('a rotation and a permutation of rows leave the values, scaling multiplies them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        fc.nat(),
        fc.integer({ min: -8, max: 8 }),
        (n, d, seed, exponent) => {
          const a = normalMatrix(n, d, seed);
          const s = singularValues(a);
          const { u } = svd(normalMatrix(n, n, seed + 1));
          const rotated = singularValues(product(u, a));
          const factor = 2 ** exponent;
          const scaled = singularValues(
            matrix(
              a.data.map((x) => x * factor),
              n,
              d,
            ),
          );
          const order = Array.from({ length: n }, (_, i) => (i + seed) % n);
          const shuffled = singularValues(
            matrix(
              Float64Array.from(order.flatMap((i) => [...a.data.subarray(i * d, (i + 1) * d)])),
              n,
              d,
            ),
          );
          for (let i = 0; i < s.length; i++) {
            expect(Math.abs(rotated[i] - s[i])).toBeLessThan(1e-13 * s[0]);
            expect(Math.abs(shuffled[i] - s[i])).toBeLessThan(1e-13 * s[0]);
            expect(scaled[i]).toBe(s[i] * factor);
          }
        },
      ),
    );
  });

  test('Σ s² = Σ a², and |det A| = Π s', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 30 }),
        fc.nat(),
        (n, d, seed) => {
          const a = normalMatrix(n, d, seed);
          let squares = 0;
          for (const x of a.data) squares += x * x;
          const sum = singularValues(a).reduce((total, s) => total + s * s, 0);
          expect(Math.abs(sum / squares - 1)).toBeLessThan(1e-13);
        },
      ),
    );
    const s = singularValues(matrix(Float64Array.of(1, 2, 3, 4), 2, 2));
    expect(s[0] * s[1]).toBeCloseTo(2, 14);
  });

  test('the first of the largest elements of each column of V is positive', () => {
    for (const seed of [1, 2, 3]) {
      const { v } = svd(normalMatrix(8, 5, seed));
      for (let k = 0; k < 5; k++) {
        const column = Array.from({ length: 5 }, (_, i) => v.data[i * 5 + k]);
        const largest = Math.max(...column.map(Math.abs));
        expect(column.find((x) => Math.abs(x) === largest)).toBeGreaterThan(0);
      }
    }
    // Rounding does not choose between elements of equal size.
    const { v } = svd(matrix(Float64Array.of(1, -1, 1, -1), 2, 2));
    expect(v.data[0]).toBeGreaterThan(0);
    expect(v.data[2]).toBeLessThan(0);
  });

  test('the same matrix gives the same bytes and is not changed', () => {
    const a = normalMatrix(31, 17, 9);
    const before = a.data.slice();
    expect(svd(a)).toEqual(svd(a));
    expect(a.data).toEqual(before);
  });

  test('matrices that are empty or not finite are refused', () => {
    expect(() => svd(zeros64(0, 3))).toThrow(ShapeError);
    expect(() => singularValues(matrix(Float64Array.of(1, NaN), 1, 2))).toThrow(
      'singularValues: element (0, 1) is NaN.',
    );
    expect(() => svd(matrix(Float64Array.of(1, Infinity), 2, 1))).toThrow(InputError);
  });
});
