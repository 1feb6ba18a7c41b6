import { describe, expect, it } from 'vitest';
import { type Matrix, matrix, toFloat32 } from '../core/matrix.ts';
import { Random } from '../core/random.ts';
import { engineFamilies, onEachKind } from '../testing/engines.ts';
import { uniformRows } from '../testing/points.ts';
import { referenceEngine } from './reference.ts';

const families = engineFamilies();

const randomUnitRows = (n: number, d: number, seed: number): Matrix<Float32Array> =>
  toFloat32(uniformRows(n, d, seed));

describe('the nearest rows of others', () => {
  it.each([
    [1, 5, 3, 10],
    [70, 300, 33, 7],
    [300, 70, 5, 70],
  ])(
    'nearest-among equals the reference for %i queries, %i × %i points, k = %i',
    async (m, n, d, k) => {
      const queries = randomUnitRows(m, d, 23);
      const points = randomUnitRows(n, d, 24);
      const results = await onEachKind(families, (engine) =>
        engine.nearestAmong(queries, points, k),
      );
      const wanted = await referenceEngine.nearestAmong(queries, points, k);
      for (const got of results) expect(got).toEqual(wanted);
    },
  );

  it.each([
    [1, 5, 3, 10],
    [70, 300, 33, 7],
    [300, 70, 5, 70],
  ])(
    'largest-products equals the reference to the bit for %i queries, %i × %i points, k = %i',
    async (m, n, d, k) => {
      const [queries, points] = [randomUnitRows(m, d, 25), randomUnitRows(n, d, 26)];
      // Rows of many lengths, and equal ones.
      for (let e = 0; e < points.data.length; e++) points.data[e] *= (Math.floor(e / d) % 7) ** 2;
      points.data.copyWithin(d, 0, d);
      const results = await onEachKind(families, (engine) =>
        engine.largestProducts(queries, points, k),
      );
      const wanted = await referenceEngine.largestProducts(queries, points, k);
      for (const got of results) expect(got).toEqual(wanted);
    },
  );

  it('largest-products equals the reference where products overflow float32', async () => {
    const [queries, points] = [randomUnitRows(9, 6, 27), randomUnitRows(400, 6, 28)];
    for (let e = 0; e < points.data.length; e++) points.data[e] *= e % 5 < 2 ? 1e30 : 1e-25;
    for (let e = 0; e < queries.data.length; e++) queries.data[e] *= 1e20;
    const results = await onEachKind(families, (engine) =>
      engine.largestProducts(queries, points, 12),
    );
    const wanted = await referenceEngine.largestProducts(queries, points, 12);
    for (const got of results) expect(got).toEqual(wanted);
  });
});

describe('searchGraph and diversify', () => {
  const [n, d, degree] = [400, 7, 6];
  const points = randomUnitRows(n, d, 31);
  // Every tenth row is the one before it.
  for (let i = 9; i < n; i += 10) points.data.copyWithin(i * d, (i - 1) * d, i * d);
  const random = Random.fromSeed(32);
  const neighbors = Int32Array.from({ length: n * degree }, (_, e) =>
    e % degree >= 4 ? -1 : random.integer(n),
  );
  const queries = randomUnitRows(50, d, 33);
  const entries = Int32Array.of(3, 17, 3);
  const allowed = Uint8Array.from({ length: n }, (_, i) => (i % 3 === 0 ? 1 : 0));

  it.each([
    { effort: 1, k: 1, product: true },
    { effort: 20, k: 5, product: true },
    { effort: 20, k: 5, product: false },
    { effort: 20, k: 5, product: true, allowed },
    { effort: 400, k: 400, product: false, allowed },
    { effort: 1000, k: 3, product: true },
  ])('searchGraph equals the reference to the bit, $effort, $k, $product', async (request) => {
    const search = { queries, points, neighbors, entries, ...request };
    const results = await onEachKind(families, (engine) => engine.searchGraph(search));
    const wanted = await referenceEngine.searchGraph(search);
    for (const got of results) expect(got).toEqual(wanted);
  });

  it('with all rows kept finds what is nearest among those in reach', async () => {
    const search = { queries, points, neighbors, entries, effort: n, k: 10, product: false };
    const { rows, scanned } = await referenceEngine.searchGraph(search);
    const { indices } = await referenceEngine.nearestAmong(queries, points, 10);
    // Four links drawn for each row reach nearly all; a row out of reach is in no list.
    const met = new Set(rows);
    for (let q = 0; q < 50; q++) {
      const wanted = [...indices.subarray(q * 10, q * 10 + 10)].filter((row) => met.has(row));
      const found = [...rows.subarray(q * 10, q * 10 + wanted.length)];
      expect(found).toEqual(wanted);
    }
    expect(scanned[0]).toBeGreaterThan(300);
  });

  it.each([
    [1, 6],
    [1.2, 3],
    [1, 40],
  ])('diversify equals the reference to the bit, α = %d, at most %i', async (alpha, most) => {
    const owners = Int32Array.from({ length: 60 }, (_, i) => 6 * i);
    const candidates = Int32Array.from({ length: 60 * 30 }, () => random.integer(n + 1) - 1);
    const request = { points, owners, candidates, degree: most, alpha };
    const results = await onEachKind(families, (engine) => engine.diversify(request));
    const wanted = await referenceEngine.diversify(request);
    for (const got of results) expect(got).toEqual(wanted);
  });

  it('diversify keeps of three rows on a line the nearest, and one on the other side', async () => {
    const line = matrix(Float32Array.of(0, 1, 2, 3, -2.5), 5, 1);
    const request = {
      points: line,
      owners: Int32Array.of(0),
      candidates: Int32Array.of(3, 4, 1, 2),
    };
    const kept = await referenceEngine.diversify({ ...request, degree: 4, alpha: 1 });
    expect([...kept]).toEqual([1, 4, -1, -1]);
  });

  it('a row outside of the points is refused', async () => {
    const search = { queries, points, neighbors, entries, effort: 4, k: 1, product: true };
    for (const [engine] of families)
      await expect(
        (async () => engine.searchGraph({ ...search, entries: Int32Array.of(n) }))(),
      ).rejects.toThrow('graph-search: an entry is no row.');
  });
});
