import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Matrix, matrix, zeros64 } from '../../core/matrix.ts';
import {
  hardMatrices,
  normalMatrix,
  orthogonalityDefect,
  product,
  relativeDifference,
  transpose,
} from '../../testing/matrices.ts';
import fixture from './fixtures/numpy.fixture.json' with { type: 'json' };
import { qr } from './qr.ts';

function expectDecomposed(a: Matrix): void {
  const { q, r } = qr(a);
  const k = Math.min(a.rows, a.cols);
  expect([q.rows, q.cols, r.rows, r.cols]).toEqual([a.rows, k, k, a.cols]);
  expect(relativeDifference(product(q, r), a)).toBeLessThan(1e-12);
  expect(orthogonalityDefect(q)).toBeLessThan(1e-12);
  for (let i = 0; i < k; i++) {
    expect(r.data[i * a.cols + i]).toBeGreaterThanOrEqual(0);
    for (let j = 0; j < i; j++) expect(r.data[i * a.cols + j]).toBe(0);
  }
}

describe('qr', () => {
  test.each(Object.entries(hardMatrices))('A = QR to 1e-12: %s', (_, a) => {
    expectDecomposed(a);
    expectDecomposed(transpose(a));
  });

  test('A = QR to 1e-12 for random matrices of any shape', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(),
        (n, d, seed) => expectDecomposed(normalMatrix(n, d, seed)),
      ),
    );
    expectDecomposed(normalMatrix(150, 77, 1));
  });

  test('agrees with LAPACK', () => {
    for (const { n, d, data, r } of fixture.qr) {
      const got = qr(matrix(Float64Array.from(data), n, d));
      const wanted = matrix(Float64Array.from(r.flat()), Math.min(n, d), d);
      expect(relativeDifference(got.r, wanted)).toBeLessThan(1e-13);
    }
  });

  test('an orthonormal matrix is its own Q; an upper triangle with positive diagonal its own R', () => {
    const { q, r } = qr(normalMatrix(12, 5, 2));
    expect(relativeDifference(qr(q).q, q)).toBeLessThan(1e-14);
    expect(relativeDifference(qr(r).r, r)).toBeLessThan(1e-15);
  });

  test('the columns of A multiplied from the left by an orthogonal matrix have the same R', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.nat(), (d, seed) => {
        const a = normalMatrix(d + 4, d, seed);
        const { q } = qr(normalMatrix(d + 4, d + 4, seed + 1));
        const { r } = qr(a);
        // R is unique as far as A's columns are independent.
        fc.pre(r.data[(d - 1) * d + d - 1] > 1e-2);
        expect(relativeDifference(qr(product(q, a)).r, r)).toBeLessThan(1e-11);
      }),
    );
  });

  test('matrices that are empty or not finite are refused', () => {
    expect(() => qr(zeros64(3, 0))).toThrow(
      'qr: expected at least one row and one column; got 3 × 0.',
    );
    expect(() => qr(matrix(Float64Array.of(1, 2, NaN, 1), 2, 2))).toThrow(
      'qr: element (1, 0) is NaN.',
    );
  });
});
