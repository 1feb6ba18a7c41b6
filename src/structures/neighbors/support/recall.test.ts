import { expect, test } from 'vitest';
import { zeros64 } from '../../../core/matrix.ts';
import { referenceEngine } from '../../../engine/reference.ts';
import { uniformRows } from '../../../testing/points.ts';
import { recallAt, recallOf, solvedRows } from './recall.ts';

test('solved rows have the distances of the exact lists, themselves left out', async () => {
  const points = uniformRows(40, 4, 1);
  const exact = await referenceEngine.nearest(points, 6);
  const solved = await solvedRows(points, Int32Array.of(3, 17), 6, referenceEngine, {});
  const wanted = [3, 17].flatMap((i) => [...exact.distances.subarray(6 * i, 6 * i + 6)]);
  expect([...solved.distances]).toEqual(wanted);
});

test('points beyond one slab are searched as well', async () => {
  const points = zeros64(65_540, 1);
  for (let i = 0; i < points.rows; i++) points.data[i] = i;
  const solved = await solvedRows(points, Int32Array.of(65_536), 4, referenceEngine, {});
  expect([...solved.distances]).toEqual([1, 1, 2, 2]);
});

const solved = { rows: Int32Array.of(0, 1), distances: Float64Array.of(1, 2, 1, 1), k: 2 };
const lists = (...distances: number[]) => ({
  indices: new Int32Array(4),
  distances: Float64Array.from(distances),
  n: 2,
  k: 2,
});

test('the recall is the share of entries within the kth true distance', () => {
  expect(recallAt(lists(1, 2, 1, 1), solved, 2)).toBe(1);
  expect(recallAt(lists(1, 3, 1, 1), solved, 2)).toBe(0.75);
  expect(recallAt(lists(2, 3, 1, Infinity), solved, 1)).toBe(0.5);
});

test('the interval of two full lists is that of two trials, not a point', () => {
  // Wilson: 1/(1 + z²/2) with z = 1.96.
  expect(recallOf(lists(1, 2, 1, 1), solved)).toEqual({
    value: 1,
    low: expect.closeTo(1 / (1 + 3.8414588206941227 / 2), 12),
    high: 1,
  });
});
