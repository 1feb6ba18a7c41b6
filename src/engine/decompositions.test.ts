import { describe, expect, it } from 'vitest';
import { type Matrix, matrix, zeros64 } from '../core/matrix.ts';
import { engineFamilies, expectSameBytes, onEachKind } from '../testing/engines.ts';
import {
  hardMatrices,
  normalMatrix,
  orthogonalityDefect,
  product,
  relativeDifference,
  scaledColumns,
  transpose,
} from '../testing/matrices.ts';
import type { LinearAlgebra } from './engine.ts';
import { referenceEngine } from './reference.ts';

// Every engine's decompositions are held to the same residuals, 1e-12, and to the reference's values.

const families = engineFamilies();

/** What the operation gives on each kind of engine, the same bytes for any number of threads. */
const onLinalg = <T>(operation: (linalg: LinearAlgebra) => T | Promise<T>): Promise<T[]> =>
  onEachKind(families, ({ linalg }) => operation(linalg));

/** max |a − b| relative to the largest |b|. */
function difference(a: Float64Array, b: Float64Array): number {
  return relativeDifference(matrix(a, 1, a.length), matrix(b, 1, b.length));
}

const shapes: Record<string, Matrix<Float64Array>> = {
  ...hardMatrices,
  '40 × 40 normal': normalMatrix(40, 40, 1),
  '49 × 47 normal': normalMatrix(49, 47, 2),
  '131 × 97 normal': normalMatrix(131, 97, 3),
  '60 × 211 normal': normalMatrix(60, 211, 4),
  '300 × 25 normal': normalMatrix(300, 25, 5),
  '1001 × 1 normal': normalMatrix(1001, 1, 6),
  '120 × 120 of rank 7': product(normalMatrix(120, 7, 7), normalMatrix(7, 120, 8)),
  '80 × 70 zeros': zeros64(80, 70),
  '60 × 60 identity': scaledColumns(
    matrix(
      Float64Array.from({ length: 3600 }, (_, i) => (i % 61 === 0 ? 1 : 0)),
      60,
      60,
    ),
    new Float64Array(60).fill(-2),
  ),
  '90 × 60 of size 1e200': scaledColumns(normalMatrix(90, 60, 9), new Float64Array(60).fill(1e200)),
  '70 × 70 graded': scaledColumns(
    normalMatrix(70, 70, 10),
    Float64Array.from({ length: 70 }, (_, j) => 10 ** -(j / 3)),
  ),
};

function symmetricOf(a: Matrix): Matrix<Float64Array> {
  const n = Math.min(a.rows, a.cols);
  const out = zeros64(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      out.data[i * n + j] = a.data[i * a.cols + j] / 2 + a.data[j * a.cols + i] / 2;
    }
  }
  return out;
}

describe.each(Object.entries(shapes))('decompositions of %s', (_, a) => {
  const k = Math.min(a.rows, a.cols);

  it('A = U diag(s) Vᵀ', async () => {
    const wanted = await referenceEngine.linalg.singularValues(a);
    for (const { u, s, v } of await onLinalg((linalg) => linalg.svd(a))) {
      expect([u.rows, u.cols, s.length, v.rows, v.cols]).toEqual([a.rows, k, k, a.cols, k]);
      expect(relativeDifference(product(scaledColumns(u, s), v, true), a)).toBeLessThan(1e-12);
      expect(orthogonalityDefect(u)).toBeLessThan(1e-12);
      expect(orthogonalityDefect(v)).toBeLessThan(1e-12);
      expect(difference(s, wanted)).toBeLessThan(1e-13);
    }
    for (const alone of await onLinalg((linalg) => linalg.singularValues(a)))
      expect(difference(alone, wanted)).toBeLessThan(1e-13);
  });

  it('A = QR', async () => {
    for (const { q, r } of await onLinalg((linalg) => linalg.qr(a))) {
      expect([q.rows, q.cols, r.rows, r.cols]).toEqual([a.rows, k, k, a.cols]);
      expect(relativeDifference(product(q, r), a)).toBeLessThan(1e-12);
      expect(orthogonalityDefect(q)).toBeLessThan(1e-12);
      for (let i = 0; i < k; i++) {
        expect(r.data[i * a.cols + i]).toBeGreaterThanOrEqual(0);
        const below = r.data.subarray(i * a.cols, i * a.cols + i);
        expect(below.every((x) => x === 0)).toBe(true);
      }
    }
  });

  it('the symmetric part is Vᵀ diag(values) V', async () => {
    const b = symmetricOf(a);
    const wanted = await referenceEngine.linalg.symmetricEigenvalues(b);
    for (const { values, vectors } of await onLinalg((linalg) => linalg.eigh(b))) {
      const columns = transpose(vectors);
      const image = product(scaledColumns(columns, values), vectors);
      expect(relativeDifference(image, b)).toBeLessThan(1e-12);
      expect(orthogonalityDefect(columns)).toBeLessThan(1e-12);
      expect(difference(values, wanted)).toBeLessThan(1e-13);
    }
    for (const alone of await onLinalg((linalg) => linalg.symmetricEigenvalues(b)))
      expect(difference(alone, wanted)).toBeLessThan(1e-13);
  });
});

describe('cholesky', () => {
  it.each([1, 5, 63, 64, 65, 96, 133])('A = L Lᵀ for n = %i', async (n) => {
    const x = normalMatrix(n + 5, n, n);
    const a = product(transpose(x), x);
    const wanted = await referenceEngine.linalg.cholesky(a);
    for (const l of await onLinalg((linalg) => linalg.cholesky(a))) {
      expect(relativeDifference(product(l, l, true), a)).toBeLessThan(1e-12);
      for (let i = 0; i < n; i++) {
        const above = l.data.subarray(i * n + i + 1, (i + 1) * n);
        expect(above.every((value) => value === 0)).toBe(true);
      }
      expect(relativeDifference(l, wanted)).toBeLessThan(1e-11);
    }
  });

  it('names the pivot that is not positive', async () => {
    const n = 100;
    const a = zeros64(n, n);
    for (let i = 0; i < n; i++) a.data[i * (n + 1)] = i === 77 ? -3 : 1;
    for (const engine of [...families.flat(), referenceEngine]) {
      await expect((async () => engine.linalg.cholesky(a))()).rejects.toThrow(
        'cholesky: the matrix is not positive definite: pivot 78 of 100 is -3.',
      );
    }
  });
});

it('only the upper triangle of a symmetric matrix is read, and inputs are not changed', async () => {
  const n = 70;
  const a = symmetricOf(normalMatrix(n, n, 3));
  const before = a.data.slice();
  const results = await onLinalg((linalg) => linalg.eigh(a));
  expect(a.data).toEqual(before);
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a.data[i * n + j] = NaN;
  expectSameBytes(await onLinalg((linalg) => linalg.eigh(a)), results);
});

it('float32 matrices are taken as they are', async () => {
  const a = normalMatrix(60, 40, 2);
  const narrow = matrix(Float32Array.from(a.data), 60, 40);
  const wide = matrix(Float64Array.from(narrow.data), 60, 40);
  const results = await onLinalg((linalg) => linalg.svd(narrow));
  expectSameBytes(results, await onLinalg((linalg) => linalg.svd(wide)));
});

it('matrices that are not finite are refused, and a signal stops the work', async () => {
  const a = normalMatrix(90, 90, 2);
  a.data[500] = NaN;
  for (const { linalg } of [...families.flat(), referenceEngine]) {
    await expect((async () => linalg.svd(a))()).rejects.toThrow('svd: element (5, 50) is NaN.');
    await expect((async () => linalg.eigh(a))()).rejects.toThrow('eigh: element (5, 50) is NaN.');
    await expect((async () => linalg.qr(a))()).rejects.toThrow('qr: element (5, 50) is NaN.');
  }
  const signal = AbortSignal.abort();
  const b = normalMatrix(90, 90, 2);
  for (const { linalg } of families.flat()) {
    await expect((async () => linalg.svd(b, { signal }))()).rejects.toThrow(
      'svd: stopped on request.',
    );
  }
});
