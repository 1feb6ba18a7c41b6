import type { KnnGraph } from '../../../../core/graph.ts';
import { squaresAboutMean } from '../../../../numerics/statistics/averages.ts';
import type { Estimate } from '../../../../numerics/statistics/intervals.ts';

/**
 * Mean over the lists of g(distance to the nearest row), with a standard error by the jackknife.
 *
 * Rows share neighbours, so the terms are dependent and sd/√n is too small. Leaving out row j takes
 * away its own term and gives its followers their second neighbour, which the lists know (k ≥ 2). The
 * jackknife's variance is never too small on average (Efron and Stein 1981). Lists of a sample of the
 * rows are covered: only rows with a list have a term of their own.
 */
export function nearestMean(graph: KnnGraph, rows: number, g: (chord: number) => number): Estimate {
  const { indices, distances, n: lists, k } = graph;
  const first = new Float64Array(lists);
  let value = 0;
  for (let i = 0; i < lists; i++) {
    first[i] = g(distances[i * k]);
    value += first[i] / lists;
  }
  if (k < 2) return { value, standardError: NaN };
  const moved = new Float64Array(rows);
  for (let i = 0; i < lists; i++) {
    moved[graph.rows ? graph.rows[i] : i] += (first[i] - value) / lists;
    const j = indices[i * k];
    if (j >= 0 && indices[i * k + 1] >= 0) {
      moved[j] -= (g(distances[i * k + 1]) - first[i]) / lists;
    }
  }
  return { value, standardError: Math.sqrt(squaresAboutMean(moved)) };
}
