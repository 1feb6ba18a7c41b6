import type { KnnGraph } from '../../../core/graph.ts';

/**
 * The first k of lists of rows p, as lists of the rows order[p] that they stand for; equal distances by lower
 * index.
 */
export function reordered(graph: KnnGraph, k: number, order: Int32Array): KnnGraph {
  const { n } = graph;
  const indices = new Int32Array(n * k);
  const distances = new Float64Array(n * k);
  for (let p = 0; p < n; p++) {
    const start = order[p] * k;
    for (let r = 0; r < k; r++) {
      const place = graph.indices[p * graph.k + r];
      const j = place < 0 ? -1 : order[place];
      const distance = graph.distances[p * graph.k + r];
      let at = start + r;
      for (; at > start && distances[at - 1] === distance && indices[at - 1] > j; at--) {
        indices[at] = indices[at - 1];
      }
      indices[at] = j;
      distances[start + r] = distance;
    }
  }
  return { indices, distances, n, k };
}
