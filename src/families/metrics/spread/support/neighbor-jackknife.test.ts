import { expect, test } from 'vitest';
import { gathered } from '../../../../core/matrix.ts';
import { referenceEngine } from '../../../../engine/reference.ts';
import { meanEstimate } from '../../../../numerics/statistics/intervals.ts';
import { uniformRows } from '../../../../testing/points.ts';
import { nearestMean } from './neighbor-jackknife.ts';

const identity = (x: number) => x;

test('the standard error is that of the plain jackknife, which searches again without each row', async () => {
  const n = 25;
  const points = uniformRows(n, 3, 5);
  const without = await Promise.all(
    Array.from({ length: n }, async (_, j) => {
      const rest = gathered(
        points,
        [...Array(n).keys()].filter((i) => i !== j),
      );
      return nearestMean(await referenceEngine.nearest(rest, 1), n - 1, identity).value;
    }),
  );
  const graph = await referenceEngine.nearest(points, 2);
  const { value, standardError } = nearestMean(graph, n, identity);
  expect(nearestMean(await referenceEngine.nearest(points, 1), n, identity).value).toBe(value);
  const jackknife = meanEstimate(without).standardError * (n - 1);
  // A set with one row less varies more, by n/(n − 1) in variance.
  expect(standardError * Math.sqrt(n / (n - 1))).toBeCloseTo(jackknife, 10);
});

test('lists of a sample of the rows have a larger error than those of all', async () => {
  const points = uniformRows(120, 4, 2);
  const full = await referenceEngine.nearest(points, 2);
  const rows = Int32Array.from({ length: 30 }, (_, i) => 4 * i);
  const part = {
    indices: Int32Array.from(rows).reduce((out, row, i) => {
      out.set(full.indices.subarray(2 * row, 2 * row + 2), 2 * i);
      return out;
    }, new Int32Array(60)),
    distances: Float64Array.from(
      { length: 60 },
      (_, e) => full.distances[2 * rows[e >> 1] + (e % 2)],
    ),
    n: 30,
    k: 2,
    rows,
  };
  const sampled = nearestMean(part, 120, identity);
  const all = nearestMean(full, 120, identity);
  expect(sampled.standardError).toBeGreaterThan(1.3 * all.standardError);
  expect(Math.abs(sampled.value - all.value)).toBeLessThan(4 * sampled.standardError);
});
