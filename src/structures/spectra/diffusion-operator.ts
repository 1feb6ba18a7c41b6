import type { KnnGraph } from '../../core/graph.ts';
import { exp, pow } from '../../core/numeric.ts';
import type { SparseMatrix } from '../../core/sparse.ts';

export interface DiffusionOptions {
  /** σ of the kernel; undefined: each row its own, the median distance to its neighbours. */
  readonly bandwidth?: number | undefined;
  /** Power of the density that is divided out: 1 leaves the geometry alone (Laplace–Beltrami), 0 nothing. */
  readonly alpha: number;
}

/** A random walk on the neighbour graph of n rows. */
export interface DiffusionOperator {
  /** n × n, symmetric: K after the density is divided out. */
  readonly kernel: SparseMatrix;
  /** Row sums of `kernel`. */
  readonly degrees: Float64Array;
  /** σ of each row. */
  readonly scales: Float64Array;
  /** How far each row's neighbours reach. */
  readonly reaches: Float64Array;
  /** The density of each row to the power α. */
  readonly densities: Float64Array;
}

/**
 * The diffusion operator of Coifman and Lafon (2006) on a graph of nearest neighbours:
 *
 *     W_ij = ½([j ∈ N(i)] + [i ∈ N(j)]) · exp(−d_ij²/σᵢσⱼ),   W_ii = 1,   qᵢ = Σⱼ W_ij
 *     K_ij = W_ij/(qᵢqⱼ)^α,   P = K over its row sums
 *
 * A row whose neighbours are all equal to it has the median of the other scales.
 */
export function diffusionOperator(
  graph: KnnGraph,
  { bandwidth, alpha }: DiffusionOptions,
): DiffusionOperator {
  const { n, k, distances } = graph;
  const scales = rowScales(graph, bandwidth);
  const reaches = Float64Array.from({ length: n }, (_, i) => distances[i * k + k - 1]);
  const affinity = symmetricAffinity(graph, scales);
  const densities = rowSums(affinity).map((q) => pow(q, alpha));
  const { offsets, columns, values } = affinity;
  for (let i = 0; i < n; i++) {
    for (let e = offsets[i]; e < offsets[i + 1]; e++)
      values[e] /= densities[i] * densities[columns[e]];
  }
  return { kernel: affinity, degrees: rowSums(affinity), scales, reaches, densities };
}

/** P: each row of the kernel over its sum. */
export function randomWalk({ kernel, degrees }: DiffusionOperator): SparseMatrix {
  const { rows, offsets } = kernel;
  const values = kernel.values.slice();
  for (let i = 0; i < rows; i++) {
    for (let e = offsets[i]; e < offsets[i + 1]; e++) values[e] /= degrees[i];
  }
  return { ...kernel, values };
}

/** The median of ascending distances to the nearest rows. */
export function medianReach(distances: Float64Array, at: number, k: number): number {
  return (distances[at + ((k - 1) >> 1)] + distances[at + (k >> 1)]) / 2;
}

function rowScales({ n, k, distances }: KnnGraph, bandwidth?: number): Float64Array {
  if (bandwidth !== undefined) return new Float64Array(n).fill(bandwidth);
  const scales = Float64Array.from({ length: n }, (_, i) => medianReach(distances, i * k, k));
  const positive = scales.filter((scale) => scale > 0).sort();
  const usual = positive[positive.length >> 1] ?? 1;
  return scales.map((scale) => (scale > 0 ? scale : usual));
}

/** W, columns ascending in each row. */
function symmetricAffinity(graph: KnnGraph, scales: Float64Array): SparseMatrix {
  const { n, k, indices, distances } = graph;
  const rows = Array.from({ length: n }, (_, i) => new Map<number, number>([[i, 1]]));
  for (let i = 0; i < n; i++) {
    for (let at = i * k; at < (i + 1) * k; at++) {
      const j = indices[at];
      if (j < 0) continue;
      const half = 0.5 * exp((-distances[at] * distances[at]) / (scales[i] * scales[j]));
      rows[i].set(j, (rows[i].get(j) ?? 0) + half);
      rows[j].set(i, (rows[j].get(i) ?? 0) + half);
    }
  }
  const offsets = new Int32Array(n + 1);
  rows.forEach((row, i) => {
    offsets[i + 1] = offsets[i] + row.size;
  });
  const columns = new Int32Array(offsets[n]);
  const values = new Float64Array(offsets[n]);
  rows.forEach((row, i) => {
    const own = Int32Array.from(row.keys()).sort();
    columns.set(own, offsets[i]);
    own.forEach((j, e) => {
      values[offsets[i] + e] = row.get(j) ?? 0;
    });
  });
  return { rows: n, cols: n, offsets, columns, values };
}

function rowSums({ rows, offsets, values }: SparseMatrix): Float64Array {
  const sums = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let e = offsets[i]; e < offsets[i + 1]; e++) sums[i] += values[e];
  }
  return sums;
}
