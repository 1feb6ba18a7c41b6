import { InputError, ShapeError } from '../../core/errors.ts';
import type { KnnGraph } from '../../core/graph.ts';
import type { Matrix } from '../../core/matrix.ts';

/** The first k neighbours of each list of a graph with at least k. */
export function firstNeighbors(graph: KnnGraph, k: number): KnnGraph {
  if (graph.k === k) return graph;
  const indices = new Int32Array(graph.n * k);
  const distances = new Float64Array(graph.n * k);
  for (let i = 0; i < graph.n; i++) {
    indices.set(graph.indices.subarray(i * graph.k, i * graph.k + k), i * k);
    distances.set(graph.distances.subarray(i * graph.k, i * graph.k + k), i * k);
  }
  return { ...graph, indices, distances, k };
}

/** Lists of k + 1 that may hold the row itself, as lists of k other rows. `rows[i]`: whose list i is. */
export function withoutSelf({ indices, distances, n, k }: KnnGraph, rows: Int32Array): KnnGraph {
  const kept = k - 1;
  const out = { indices: new Int32Array(n * kept), distances: new Float64Array(n * kept) };
  for (let i = 0; i < n; i++) {
    let at = 0;
    for (let r = 0; r < k && at < kept; r++) {
      const j = indices[i * k + r];
      if (j === rows[i]) continue;
      out.indices[i * kept + at] = j;
      out.distances[i * kept + at] = distances[i * k + r];
      at += 1;
    }
  }
  return { ...out, n, k: kept, rows };
}

/** A graph from elsewhere, checked: one list for each row (or for each of `rows`), ascending distances. */
export function knownNeighbors(graph: KnnGraph, { rows: n }: Matrix): KnnGraph {
  const { indices, distances, n: lists, k, rows } = graph;
  if (lists !== (rows ?? { length: n }).length || indices.length !== lists * k) {
    const got = `${lists} lists with ${indices.length} indices`;
    throw new ShapeError('neighbors', `${(rows ?? { length: n }).length} lists of ${k}`, got);
  }
  for (let i = 0; i < indices.length; i++) {
    const sorted = i % k === 0 || distances[i] >= distances[i - 1];
    if (indices[i] >= -1 && indices[i] < n && sorted) continue;
    const what = `entry ${i % k} of list ${Math.floor(i / k)}: row ${indices[i]} at ${distances[i]}`;
    throw new InputError(
      'neighbors',
      `expected rows below ${n} in order of their distance, got ${what}.`,
    );
  }
  return graph;
}

/** Whose list the i-th is. */
export function rowOfList({ rows }: KnnGraph, i: number): number {
  return rows ? rows[i] : i;
}
