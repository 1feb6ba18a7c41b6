import { expect, test } from 'vitest';
import { candidatesAmong } from './candidates.ts';

/** Row i lists i + 1 and i + 2, the last ones nobody beyond. */
const indices = Int32Array.of(1, 2, 2, 3, 3, 4, 4, 5, 5, -1, -1, -1);
const graph = { indices, distances: new Float64Array(12), n: 6, k: 2 };

test('a block meets itself and its lists', () => {
  const candidatesOf = candidatesAmong(6);
  const rows = Int32Array.of(0, 4);
  expect([...candidatesOf(rows, graph, { near: 0, far: 0 })]).toEqual([0, 1, 2, 4, 5]);
});

test('and within its reach the neighbors of its neighbors, anew for each block', () => {
  const candidatesOf = candidatesAmong(6);
  expect([...candidatesOf(Int32Array.of(0), graph, { near: 1, far: 2 })]).toEqual([0, 1, 2, 3]);
  expect([...candidatesOf(Int32Array.of(0), graph, { near: 2, far: 1 })]).toEqual([0, 1, 2, 3]);
  expect([...candidatesOf(Int32Array.of(0), graph, { near: 2, far: 2 })]).toEqual([0, 1, 2, 3, 4]);
  expect([...candidatesOf(Int32Array.of(4), graph, { near: 2, far: 2 })]).toEqual([4, 5]);
});
