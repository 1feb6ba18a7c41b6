import { expect, test } from 'vitest';
import type { KnnGraph } from '../../../core/graph.ts';
import { referenceEngine } from '../../../engine/reference.ts';
import { uniformRows } from '../../../testing/points.ts';
import { degreesOf, undirectedEdges } from './layout-edges.ts';

test('each pair that a list names is one edge with its weight there and back', async () => {
  const [n, k] = [60, 7];
  const graph = await referenceEngine.nearest(uniformRows(n, 3, 1), k);
  const directed = Float64Array.from({ length: n * k }, (_, at) => 1 + at);
  const edges = undirectedEdges(graph, directed, (there, back) => 1000 * there + back);
  const dense = new Float64Array(n * n);
  for (let at = 0; at < n * k; at++)
    dense[Math.floor(at / k) * n + graph.indices[at]] = directed[at];
  const wanted: number[][] = [];
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) {
      const [there, back] = [dense[i * n + j], dense[j * n + i]];
      if (there > 0 || back > 0) wanted.push([i, j, 1000 * there + back]);
    }
  const got = Array.from(edges.weights, (weight, e) => [edges.heads[e], edges.tails[e], weight]);
  expect(got.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])).toEqual(wanted);
});

test('edges of weight 0 and missing neighbours are left out', () => {
  const graph: KnnGraph = {
    indices: Int32Array.of(1, 2, 0, -1, 0, 1),
    distances: Float64Array.of(1, 2, 1, Infinity, 2, 3),
    n: 3,
    k: 2,
  };
  const edges = undirectedEdges(graph, Float64Array.of(1, 0, 1, 0, 0, 0.5), Math.max);
  expect([...edges.heads]).toEqual([0, 1]);
  expect([...edges.tails]).toEqual([1, 2]);
  expect([...degreesOf(edges)]).toEqual([1, 1.5, 0.5]);
});
