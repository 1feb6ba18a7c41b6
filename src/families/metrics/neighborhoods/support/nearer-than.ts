import type { KnnGraph } from '../../../../core/graph.ts';
import { countBelow } from '../../../../core/ranks.ts';
import { squaresAboutMean } from '../../../../numerics/statistics/averages.ts';
import type { Estimate } from '../../../../numerics/statistics/intervals.ts';

/**
 * P(X < Y) + ½ P(X = Y), X the distance of a row to its nearest row and Y that of a probe to its nearest
 * row, with a standard error.
 *
 * Probes are independent: sd/√m of the shares of rows nearer than each. Rows are not, for they share
 * neighbours: without row j its own term is gone, and rows and probes that had it for their nearest have
 * their second (the jackknife, whose variance is not too small on average).
 *
 * @param rows Two neighbours of each of the first rows.n of the n rows.
 * @param probes Two neighbours of each probe.
 */
export function nearerThan(rows: KnnGraph, probes: KnnGraph, n: number): Estimate {
  const x = Float64Array.from({ length: rows.n }, (_, i) => rows.distances[i * rows.k]);
  const y = Float64Array.from({ length: probes.n }, (_, j) => probes.distances[j * probes.k]);
  const [sortedX, sortedY] = [x.slice().sort(), y.slice().sort()];
  const below = (distance: number) => countBelow(sortedX, distance) / x.length;
  const above = (distance: number) => 1 - countBelow(sortedY, distance) / y.length;
  const moved = new Float64Array(n);
  let value = 0;
  for (const distance of x) value += above(distance) / x.length;
  for (let i = 0; i < rows.n; i++) {
    moved[i] += (above(x[i]) - value) / x.length;
    const next = above(rows.distances[i * rows.k + 1]);
    moved[rows.indices[i * rows.k]] -= (next - above(x[i])) / x.length;
  }
  let sampling = 0;
  for (let j = 0; j < probes.n; j++) {
    const share = below(y[j]);
    sampling += (share - value) ** 2 / y.length / Math.max(1, y.length - 1);
    const next = below(probes.distances[j * probes.k + 1]);
    moved[probes.indices[j * probes.k]] -= (next - share) / y.length;
  }
  return { value, standardError: Math.sqrt(squaresAboutMean(moved) + sampling) };
}
