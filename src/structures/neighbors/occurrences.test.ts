import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { largestOf } from '../../families/metrics/hubness/support/largest-count.ts';
import { occurrenceSpread } from '../../families/metrics/support/occurrence-jackknife.ts';
import { studentQuantile } from '../../numerics/laws/student.ts';
import { skewness } from '../../numerics/statistics/averages.ts';
import { jackknifeSpread } from '../../numerics/statistics/jackknife.ts';
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

test('Student’s quantiles agree with the tables', () => {
  expect(studentQuantile(0.95, 1)).toBeCloseTo(12.7062, 4);
  expect(studentQuantile(0.95, 10)).toBeCloseTo(2.22814, 5);
  expect(studentQuantile(0.95, 39)).toBeCloseTo(2.02269, 5);
});

test('the jackknife of means of equal groups is the standard error of the mean', () => {
  // Leaving out group g of values v: (Σ − v_g)/(G − 1).
  const values = [3, 1, 4, 1, 5, 9, 2, 6];
  const mean = values.reduce((a, b) => a + b, 0) / 8;
  const left = values.map((v) => (8 * mean - v) / 7);
  const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 7;
  expect(jackknifeSpread(left)).toBeCloseTo(studentQuantile(0.95, 7) * Math.sqrt(variance / 8), 12);
});

test('leaving rows out closes the lists up, as if the rows had never been there', async () => {
  // Groups are single rows here, and the statistic sees the counts of the others.
  const points = uniformRows(9, 3, 3);
  const graph = await referenceEngine.nearest(points, 8);
  const seen: string[] = [];
  occurrenceSpread(graph, 2, 9, Random.fromSeed(1), (counts) => {
    seen.push([...counts].join());
    return 0;
  });
  const wanted: string[] = [];
  for (let left = 0; left < 9; left++) {
    const kept = [...Array(9).keys()].filter((i) => i !== left);
    const data = Float64Array.from(
      kept.flatMap((i) => [...points.data.subarray(i * 3, i * 3 + 3)]),
    );
    const without = await referenceEngine.nearest({ data, rows: 8, cols: 3 }, 2);
    wanted.push([...occurrences(without)].join());
  }
  expect(seen.toSorted()).toEqual(wanted.toSorted());
});

test('the largest of n counts follows their exponential tail beyond the simulated ones', () => {
  const random = Random.fromSeed(4);
  const geometric = () => Math.floor(-Math.log(1 - random.uniform()) * 20);
  const draws = Array.from({ length: 10 }, () => Int32Array.from({ length: 2000 }, geometric));
  const { low, value, high } = largestOf(draws, 100_000);
  // P(X ≥ x) = e^{−x/20}: the median of the largest is 20·ln(n/ln 2).
  expect(Math.abs(value / (20 * Math.log(100_000 / Math.LN2)) - 1)).toBeLessThan(0.1);
  expect(low).toBeLessThan(value);
  expect(high).toBeGreaterThan(value);
});
