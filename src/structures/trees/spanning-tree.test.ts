import { expect, test } from 'vitest';
import { gathered } from '../../core/matrix.ts';
import { referenceEngine } from '../../engine/reference.ts';
import { fromRows, uniformRows } from '../../testing/points.ts';
import { spanningTreeOf, spanningTreesOf } from './spanning-tree.ts';

test('trees of parts from shared inner products are those of the parts alone', async () => {
  const points = uniformRows(60, 5, 2);
  const parts = [0, 1, 2].map((part) =>
    Int32Array.from({ length: 60 }, (_, i) => i).filter((i) => i % 3 !== part),
  );
  const trees = await spanningTreesOf(points, parts, referenceEngine);
  for (const [at, places] of parts.entries()) {
    expect(trees[at]).toEqual(await spanningTreeOf(gathered(points, places)));
  }
});

test('coinciding rows are joined by edges of no length', async () => {
  const points = fromRows([
    [0.6, 0.8],
    [1, 0],
    [0.6, 0.8],
    [0.6, 0.8],
  ]);
  const all = Int32Array.from([0, 1, 2, 3]);
  const [{ lengths }] = await spanningTreesOf(points, [all], referenceEngine);
  expect([...lengths.subarray(0, 2)]).toEqual([0, 0]);
  expect(lengths[2]).toBeCloseTo(Math.sqrt(0.8), 7);
});
