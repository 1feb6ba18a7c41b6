import { expect, test } from 'vitest';
import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { partedDuplicates } from './part-duplicates.ts';

const random = Random.fromSeed(3);

test('copies of a row are parted by 1e-4 rad and counted; the first stays', () => {
  const points = matrix(new Float32Array([1, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0]), 4, 3);
  const result = partedDuplicates(points, random);
  expect(result.parted).toBe(2);
  expect([...result.points.data.subarray(0, 6)]).toEqual([1, 0, 0, 0, 1, 0]);
  for (const i of [2, 3]) {
    const x = result.points.data.subarray(i * 3, i * 3 + 3);
    expect(Math.hypot(x[0] - 1, x[1], x[2])).toBeCloseTo(1e-4, 8);
    expect(Math.hypot(...x)).toBeCloseTo(1, 6);
  }
  expect([...points.data.subarray(6, 9)]).toEqual([1, 0, 0]);
});

test('the same seed moves the same rows to the same places', () => {
  const points = matrix(new Float32Array([1, 0, 1, 0]), 2, 2);
  expect(partedDuplicates(points, random).points.data).toEqual(
    partedDuplicates(points, Random.fromSeed(3)).points.data,
  );
});

test('distinct rows are returned as they are', () => {
  const points = matrix(new Float32Array([1, 0, 0, 1]), 2, 2);
  expect(partedDuplicates(points, random)).toEqual({ points, parted: 0 });
});

test('on a line there is no direction to part in', () => {
  const points = matrix(new Float32Array([1, 1, -1]), 3, 1);
  expect(partedDuplicates(points, random).parted).toBe(0);
});
