import { expect, test } from 'vitest';
import { outOfReach } from './linked-rows.ts';

test('one row of each group that no way leads to', () => {
  // 0 → 1; 2 → 3 → 2; 4 → 0.
  const neighbors = Int32Array.of(1, -1, 3, 2, 0);
  const order = Int32Array.of(0, 1, 2, 3, 4);
  expect([...outOfReach(order, neighbors, 1, Int32Array.of(0))]).toEqual([2, 4]);
  expect([...outOfReach(order, neighbors, 1, Int32Array.of(4, 3))]).toEqual([]);
});
