import type { KnnGraph } from '../../core/graph.ts';

/** N_k(i): in how many of the lists row i is among the first k neighbours; n counts. */
export function occurrences(graph: KnnGraph, k: number = graph.k, n: number = graph.n): Int32Array {
  const counts = new Int32Array(n);
  const width = Math.min(k, graph.k);
  for (let i = 0; i < graph.n; i++) {
    for (let r = 0; r < width; r++) {
      const j = graph.indices[i * graph.k + r];
      if (j >= 0) counts[j] += 1;
    }
  }
  return counts;
}

/** Skewness: third central moment over the cube of the standard deviation; 0 where all are equal. */
export function skewness(values: ArrayLike<number>): number {
  const n = values.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += values[i] / n;
  let second = 0;
  let third = 0;
  for (let i = 0; i < n; i++) {
    const gap = values[i] - mean;
    second += gap * gap;
    third += gap * gap * gap;
  }
  if (second <= 1e-20 * n * mean * mean) return 0;
  return third / n / (second / n) ** 1.5;
}
