import { type Matrix, matrix, zeros64 } from '../../../core/matrix.ts';
import type { LinearAlgebra, Work } from '../../../engine/engine.ts';
import type { Pair } from '../types.ts';
import { scaledBy } from './scatter.ts';
import { unitCorrelations } from './units.ts';

/** Squared correlations of the columns of both spaces, within and between. */
export interface Affinity {
  /** dA × dA, dB × dB and dA × dB; 0 where a column does not vary. */
  readonly a: Matrix<Float64Array>;
  readonly b: Matrix<Float64Array>;
  readonly between: Matrix<Float64Array>;
}

/** The columns of A, then those of B, each with the number of its group; −1 where it does not vary. */
export interface Grouping {
  readonly groups: Int32Array;
  readonly count: number;
}

const MOST_STEPS = 100;

/** Squared correlations of all columns of a pair. */
export async function unitAffinity(pair: Pair): Promise<Affinity> {
  const { left, right, cross } = await unitCorrelations(pair);
  const { a, b } = await pair.scatters();
  return {
    a: squared(scaledBy(a, left, left)),
    b: squared(scaledBy(b, right, right)),
    between: squared(cross),
  };
}

export function squared(m: Matrix): Matrix<Float64Array> {
  return matrix(
    Float64Array.from(m.data, (r) => r * r),
    m.rows,
    m.cols,
  );
}

/** The groups whose share `unit-groups` tells; k = 0: as many as the eigenvalues say. */
export async function unitGrouping(pair: Pair, k = 0): Promise<Grouping> {
  return groupedUnits(await unitAffinity(pair), k, pair.engine.linalg, pair.work);
}

/**
 * Spectral clustering of all columns of both spaces (Ng, Jordan and Weiss): the first k eigenvectors of
 * D^{−½} W D^{−½}, W (dA + dB) × (dA + dB), rows scaled to unit length, then k-means from the farthest rows on.
 * k = 0: where the largest gap between eigenvalues is, from 2 to the columns of the narrower space.
 */
export async function groupedUnits(
  affinity: Affinity,
  k: number,
  linalg: LinearAlgebra,
  work: Work = {},
): Promise<Grouping> {
  const w = joined(affinity);
  const d = w.rows;
  const degrees = Float64Array.from({ length: d }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < d; j++) sum += w.data[i * d + j];
    return sum;
  });
  const varied = Array.from(degrees.keys()).filter((i) => degrees[i] > 0);
  const groups = new Int32Array(d).fill(-1);
  if (varied.length === 0) return { groups, count: 0 };
  const m = varied.length;
  const normal = zeros64(m, m);
  for (const [p, i] of varied.entries())
    for (const [q, j] of varied.entries())
      normal.data[p * m + q] = w.data[i * d + j] / Math.sqrt(degrees[i] * degrees[j]);
  const { values, vectors } = await linalg.eigh(normal, work);
  const most = Math.min(m, affinity.a.rows, affinity.b.rows);
  const count = Math.max(1, Math.min(m, k === 0 ? largestGap(values, most) : k));
  const rows = unitRowsOf(vectors, count);
  const first = varied.reduce((best, i, p) => (degrees[i] > degrees[varied[best]] ? p : best), 0);
  const found = kMeans(rows, count, first);
  for (const [p, i] of varied.entries()) groups[i] = found[p];
  return { groups, count };
}

/** Σ over pairs in one group of the affinity between the spaces, as a share of all of it. */
export function shareWithin(between: Matrix, { groups }: Grouping): number {
  const [p, q] = [between.rows, between.cols];
  let [within, all] = [0, 0];
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < q; j++) {
      const value = between.data[i * q + j];
      all += value;
      if (groups[i] === groups[p + j] && groups[i] >= 0) within += value;
    }
  }
  return within / all;
}

/** [[A, between], [betweenᵀ, B]]. */
function joined({ a, b, between }: Affinity): Matrix<Float64Array> {
  const [p, q] = [a.rows, b.rows];
  const d = p + q;
  const out = zeros64(d, d);
  for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) out.data[i * d + j] = a.data[i * p + j];
  for (let i = 0; i < q; i++)
    for (let j = 0; j < q; j++) out.data[(p + i) * d + p + j] = b.data[i * q + j];
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < q; j++) {
      out.data[i * d + p + j] = between.data[i * q + j];
      out.data[(p + j) * d + i] = between.data[i * q + j];
    }
  }
  return out;
}

/** The k, 2 ≤ k ≤ most, after which the eigenvalues fall most. */
function largestGap(values: Float64Array, most: number): number {
  let best = Math.min(2, most);
  for (let k = 2; k <= Math.min(most, values.length - 1); k++)
    if (values[k - 1] - values[k] > values[best - 1] - values[best]) best = k;
  return best;
}

/** The first eigenvectors as rows of coordinates, scaled to unit length. */
function unitRowsOf(vectors: Matrix, count: number): Matrix<Float64Array> {
  const m = vectors.cols;
  const out = zeros64(m, count);
  for (let i = 0; i < m; i++) {
    let squared = 0;
    for (let c = 0; c < count; c++) squared += vectors.data[c * m + i] ** 2;
    const scale = squared > 0 ? 1 / Math.sqrt(squared) : 0;
    for (let c = 0; c < count; c++) out.data[i * count + c] = scale * vectors.data[c * m + i];
  }
  return out;
}

/** Lloyd’s steps from rows that are far apart: the first is given, each next is the farthest from those before. */
function kMeans(points: Matrix<Float64Array>, k: number, first: number): Int32Array {
  const n = points.rows;
  const starts = [first];
  const nearest = new Float64Array(n).fill(Infinity);
  while (starts.length < k) {
    const last = starts[starts.length - 1];
    let farthest = 0;
    for (let i = 0; i < n; i++) {
      nearest[i] = Math.min(nearest[i], squaredDistance(points, i, points, last));
      if (nearest[i] > nearest[farthest] + 1e-12) farthest = i;
    }
    starts.push(farthest);
  }
  let centres: Matrix<Float64Array> = matrix(
    Float64Array.from(starts.flatMap((i) => [...points.data.subarray(i * k, (i + 1) * k)])),
    k,
    k,
  );
  let labels = assigned(points, centres);
  for (let step = 0; step < MOST_STEPS; step++) {
    centres = means(points, labels, centres);
    const next = assigned(points, centres);
    if (next.every((label, i) => label === labels[i])) break;
    labels = next;
  }
  return labels;
}

function assigned(points: Matrix, centres: Matrix): Int32Array {
  return Int32Array.from({ length: points.rows }, (_, i) => {
    let best = 0;
    let least = squaredDistance(points, i, centres, 0);
    for (let c = 1; c < centres.rows; c++) {
      const distance = squaredDistance(points, i, centres, c);
      if (distance < least) [best, least] = [c, distance];
    }
    return best;
  });
}

/** A group that lost all its rows keeps its centre. */
function means(points: Matrix, labels: Int32Array, before: Matrix<Float64Array>) {
  const [k, d] = [before.rows, points.cols];
  const sums = zeros64(k, d);
  const counts = new Int32Array(k);
  for (const [i, c] of labels.entries()) {
    counts[c]++;
    for (let x = 0; x < d; x++) sums.data[c * d + x] += points.data[i * d + x];
  }
  for (let c = 0; c < k; c++)
    for (let x = 0; x < d; x++)
      sums.data[c * d + x] =
        counts[c] > 0 ? sums.data[c * d + x] / counts[c] : before.data[c * d + x];
  return sums;
}

function squaredDistance(x: Matrix, i: number, y: Matrix, j: number): number {
  const d = x.cols;
  let sum = 0;
  for (let c = 0; c < d; c++) sum += (x.data[i * d + c] - y.data[j * d + c]) ** 2;
  return sum;
}
