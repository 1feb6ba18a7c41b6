import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { uniformPoints } from '../../manifolds/sampling.ts';
import { benchIds, benchIndexes } from './search-bench.ts';

const points = uniformPoints(600, 8, Random.fromSeed(3));

test('indexes of vectors can be compared', () => {
  expect(benchIds()).toEqual(expect.arrayContaining(['exact', 'graph']));
});

test('held-out rows are asked, of the others; the exact index finds all', async () => {
  const bench = await benchIndexes(points, { indexes: ['exact', 'graph'], k: 5 });
  expect(bench).toMatchObject({ n: 540, d: 8, queries: 60, heldOut: true, k: 5 });
  const [exact, graph] = bench.indexes;
  expect(exact.curve).toHaveLength(1);
  expect(exact.curve[0]).toMatchObject({ effort: null, recall: { value: 1 }, scanned: 540 });
  expect(exact.bytes).toBe(540 * 8 * 4);
  // Points, 32 links a row and the entries.
  expect(graph.bytes).toBe(540 * 8 * 4 + 540 * 32 * 4 + 9 * 4);
  const scanned = graph.curve.map((point) => point.scanned);
  expect(scanned).toEqual(scanned.toSorted((a, b) => a - b));
  expect(graph.curve.at(-1)?.recall.value).toBeGreaterThan(0.99);
});

test('given queries are asked of all rows, and too few rows are refused', async () => {
  const asked = { queries: points, indexes: ['exact'], k: 1 };
  expect(await benchIndexes(points, asked)).toMatchObject({ n: 600, queries: 600, heldOut: false });
  const few = uniformPoints(5, 8, Random.fromSeed(1));
  await expect(benchIndexes(few)).rejects.toThrow('give --queries');
  await expect(benchIndexes(points, { k: 5000 })).rejects.toThrow(
    'option "count" must be at most the ',
  );
});
