import '../../../testing/property-seed.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { zeros } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { uniformRows } from '../../../testing/points.ts';
import { blocksOf, partition } from './blocks.ts';

const turn = async () => {};

test.each([1, 2, 7, 64, 65, 1000])(
  '%i rows: each in one block, none too large or small',
  async (n) => {
    const { order, starts } = await blocksOf(uniformRows(n, 5, 1), 16, Random.fromSeed(2), turn);
    expect([...order].toSorted((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
    const sizes = Array.from(starts.subarray(1), (end, b) => end - starts[b]);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(16);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(Math.min(n, 8));
  },
);

test('two places of many equal rows are not in one block', async () => {
  const points = zeros(64, 2);
  for (let i = 0; i < 64; i++) points.data[2 * i] = i % 2;
  const { order, starts } = await blocksOf(points, 32, Random.fromSeed(5), turn);
  const first = order.subarray(0, starts[1]);
  expect(new Set(Array.from(first, (i) => i % 2)).size).toBe(1);
});

test('equal rows are split by their index', async () => {
  const { order } = await blocksOf(zeros(10, 3), 5, Random.fromSeed(1), turn);
  expect([...order.subarray(0, 5)].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
});

test('partition puts the same row at the middle as sorting does, smaller ones before it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 60 }),
      fc.nat(),
      (keys, at) => {
        const middle = at % keys.length;
        const order = Int32Array.from(keys, (_, i) => i);
        const sorted = [...order].sort((i, j) => keys[i] - keys[j] || i - j);
        partition(order, Float64Array.from(keys), 0, keys.length - 1, middle);
        expect(order[middle]).toBe(sorted[middle]);
        expect(new Set(order.subarray(0, middle))).toEqual(new Set(sorted.slice(0, middle)));
      },
    ),
  );
});
