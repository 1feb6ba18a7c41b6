import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Matrix, matrix, zeros64 } from '../core/matrix.ts';
import {
  hardMatrices,
  normalMatrix,
  orthogonalityDefect,
  product,
  relativeDifference,
  scaledColumns,
  transpose,
} from '../testing/matrices.ts';
import { chooseEngine } from './choose.ts';
import type { Engine, LinearAlgebra } from './engine.ts';
import { referenceEngine } from './reference.ts';

// Every engine's decompositions are held to the same residuals, 1e-12, and to the reference's values.

const engines: Engine[] = [];
beforeAll(async () => {
  for (const threads of [1, 2, 3]) engines.push(await chooseEngine('wasm', { threads }));
});
afterAll(async () => {
  for (const engine of engines) await engine.dispose();
});

/** What the operation gives on each engine, checked to be the same for any number of threads. */
async function sameOnAll<T>(operation: (linalg: LinearAlgebra) => T | Promise<T>): Promise<T> {
  const results: T[] = [];
  for (const { linalg } of engines) results.push(await operation(linalg));
  for (const other of results.slice(1)) expect(other).toEqual(results[0]);
  return results[0];
}

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
  it('A = U diag(s) Vᵀ', async () => {
    const { u, s, v } = await sameOnAll((linalg) => linalg.svd(a));
    const k = Math.min(a.rows, a.cols);
    expect([u.rows, u.cols, s.length, v.rows, v.cols]).toEqual([a.rows, k, k, a.cols, k]);
    expect(relativeDifference(product(scaledColumns(u, s), v, true), a)).toBeLessThan(1e-12);
    expect(orthogonalityDefect(u)).toBeLessThan(1e-12);
    expect(orthogonalityDefect(v)).toBeLessThan(1e-12);
    const wanted = await referenceEngine.linalg.singularValues(a);
    expect(difference(s, wanted)).toBeLessThan(1e-13);
    const alone = await sameOnAll((linalg) => linalg.singularValues(a));
    expect(difference(alone, wanted)).toBeLessThan(1e-13);
  });

  it('A = QR', async () => {
    const { q, r } = await sameOnAll((linalg) => linalg.qr(a));
    const k = Math.min(a.rows, a.cols);
    expect([q.rows, q.cols, r.rows, r.cols]).toEqual([a.rows, k, k, a.cols]);
    expect(relativeDifference(product(q, r), a)).toBeLessThan(1e-12);
    expect(orthogonalityDefect(q)).toBeLessThan(1e-12);
    for (let i = 0; i < k; i++) {
      expect(r.data[i * a.cols + i]).toBeGreaterThanOrEqual(0);
      expect(r.data.subarray(i * a.cols, i * a.cols + i).every((x) => x === 0)).toBe(true);
    }
  });

  it('the symmetric part is Vᵀ diag(values) V', async () => {
    const b = symmetricOf(a);
    const { values, vectors } = await sameOnAll((linalg) => linalg.eigh(b));
    const rows = transpose(vectors);
    expect(relativeDifference(product(scaledColumns(rows, values), vectors), b)).toBeLessThan(
      1e-12,
    );
    expect(orthogonalityDefect(rows)).toBeLessThan(1e-12);
    const wanted = await referenceEngine.linalg.symmetricEigenvalues(b);
    expect(difference(values, wanted)).toBeLessThan(1e-13);
    const alone = await sameOnAll((linalg) => linalg.symmetricEigenvalues(b));
    expect(difference(alone, wanted)).toBeLessThan(1e-13);
  });
});

describe('cholesky', () => {
  it.each([1, 5, 63, 64, 65, 96, 133])('A = L Lᵀ for n = %i', async (n) => {
    const x = normalMatrix(n + 5, n, n);
    const a = product(transpose(x), x);
    const l = await sameOnAll((linalg) => linalg.cholesky(a));
    expect(relativeDifference(product(l, l, true), a)).toBeLessThan(1e-12);
    for (let i = 0; i < n; i++) {
      expect(l.data.subarray(i * n + i + 1, (i + 1) * n).every((value) => value === 0)).toBe(true);
    }
    expect(relativeDifference(l, await referenceEngine.linalg.cholesky(a))).toBeLessThan(1e-11);
  });

  it('names the pivot that is not positive', async () => {
    const n = 100;
    const a = zeros64(n, n);
    for (let i = 0; i < n; i++) a.data[i * (n + 1)] = i === 77 ? -3 : 1;
    for (const engine of [...engines, referenceEngine]) {
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
  const { values } = await sameOnAll((linalg) => linalg.eigh(a));
  expect(a.data).toEqual(before);
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a.data[i * n + j] = NaN;
  expect((await sameOnAll((linalg) => linalg.eigh(a))).values).toEqual(values);
});

it('float32 matrices are taken as they are', async () => {
  const a = normalMatrix(60, 40, 2);
  const narrow = matrix(Float32Array.from(a.data), 60, 40);
  const wide = matrix(Float64Array.from(narrow.data), 60, 40);
  expect(await sameOnAll((linalg) => linalg.svd(narrow))).toEqual(
    await engines[0].linalg.svd(wide),
  );
});

it('matrices that are not finite are refused, and a signal stops the work', async () => {
  const a = normalMatrix(90, 90, 2);
  a.data[500] = NaN;
  for (const { linalg } of [...engines, referenceEngine]) {
    await expect((async () => linalg.svd(a))()).rejects.toThrow('svd: element (5, 50) is NaN.');
    await expect((async () => linalg.eigh(a))()).rejects.toThrow('eigh: element (5, 50) is NaN.');
    await expect((async () => linalg.qr(a))()).rejects.toThrow('qr: element (5, 50) is NaN.');
  }
  const signal = AbortSignal.abort();
  const b = normalMatrix(90, 90, 2);
  await expect((async () => engines[1].linalg.svd(b, { signal }))()).rejects.toThrow(
    'svd: stopped on request.',
  );
});
