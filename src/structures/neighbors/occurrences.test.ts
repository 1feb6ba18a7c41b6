import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { referenceEngine } from '../../engine/reference.ts';
import { skewness } from '../../numerics/statistics/averages.ts';
import { uniformRows } from '../../testing/points.ts';
import {
  antiHubShare,
  occurrenceMoments,
  occurrences,
  robinHoodIndex,
  sampledSkewness,
} from './occurrences.ts';

/** All sets of q of the numbers 0 … n−1. */
function subsets(n: number, q: number): number[][] {
  if (q === 0) return [[]];
  if (n < q) return [];
  const without = subsets(n - 1, q);
  return [...without, ...subsets(n - 1, q - 1).map((set) => [...set, n - 1])];
}

describe('occurrences in sampled lists', () => {
  test('over all samples of the lists, the moments average to those of all lists', async () => {
    const [n, k, q] = [8, 3, 5];
    const graph = await referenceEngine.nearest(uniformRows(n, 4, 7), k);
    const all = occurrenceMoments(occurrences(graph, k, n), n);
    const sum = { mean: 0, square: 0, cube: 0 };
    const samples = subsets(n, q);
    for (const rows of samples) {
      const indices = Int32Array.from(
        rows.flatMap((i) => [...graph.indices.subarray(i * k, i * k + k)]),
      );
      const counts = occurrences({ ...graph, indices, n: q }, k, n);
      const { mean, square, cube } = occurrenceMoments(counts, q);
      sum.mean += mean / samples.length;
      sum.square += square / samples.length;
      sum.cube += cube / samples.length;
    }
    expect(all.mean).toBe(k);
    expect(sum.mean).toBeCloseTo(all.mean, 11);
    expect(sum.square).toBeCloseTo(all.square, 10);
    expect(sum.cube).toBeCloseTo(all.cube, 9);
  });

  test('all lists give the plain skewness, fewer than three none', () => {
    const counts = new Int32Array([0, 1, 1, 2, 6, 0]);
    expect(sampledSkewness(counts, 6)).toBe(skewness(counts));
    const { mean, square, cube } = occurrenceMoments(counts, 6);
    const variance = square - mean ** 2;
    const fromMoments = (cube - 3 * mean * square + 2 * mean ** 3) / variance ** 1.5;
    expect(fromMoments).toBeCloseTo(skewness(counts), 12);
    expect(sampledSkewness(counts, 2)).toBeNaN();
  });
});

test('the Robin Hood index and the anti-hubs of counts 0, 0, 0, 4', () => {
  const counts = new Int32Array([0, 0, 0, 4]);
  expect(robinHoodIndex(counts)).toBe(0.75);
  expect(antiHubShare(counts)).toBe(0.75);
  expect(robinHoodIndex(new Int32Array([3, 3, 3]))).toBe(0);
});

test('moving the share of the Robin Hood index makes all counts equal', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50), { minLength: 2, maxLength: 30 }), (list) => {
      const counts = Int32Array.from(list);
      const sum = counts.reduce((a, b) => a + b, 0);
      fc.pre(sum > 0);
      const mean = sum / counts.length;
      const moved = counts.reduce((total, x) => total + Math.max(0, x - mean), 0);
      expect(robinHoodIndex(counts)).toBeCloseTo(moved / sum, 12);
    }),
  );
});
