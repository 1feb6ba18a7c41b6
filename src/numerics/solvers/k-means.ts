import { OptionError } from '../../core/errors.ts';
import { type Matrix, zeros64 } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';

/** Rows by the nearest of k centers. */
export interface KMeans {
  /** k × d. */
  readonly centers: Matrix<Float64Array>;
  /** The center of each row. */
  readonly of: Int32Array;
  /** Σ squared distances of rows from their centers. */
  readonly inertia: number;
}

export interface KMeansOptions {
  readonly clusters: number;
  /** Starts, of which the best is kept. Default 4. */
  readonly starts?: number;
  /** Most of Lloyd’s steps from a start. Default 100. */
  readonly steps?: number;
}

/**
 * k-means: Lloyd's steps from k-means++ starts (Arthur and Vassilvitskii 2007), O(nkd) a step. Of equally near centers the
 * lowest counts; a center that loses all its rows stays where it is.
 */
export function kMeans(points: Matrix, options: KMeansOptions, random: Random): KMeans {
  const { clusters: k, starts = 4, steps = 100 } = options;
  if (!(Number.isInteger(k) && k >= 1 && k <= points.rows))
    throw new OptionError('kMeans', 'clusters', `from 1 to the ${points.rows} rows`, k);
  let best: KMeans | undefined;
  for (let start = 0; start < starts; start++) {
    const centers = plusPlusCenters(points, k, random.fork(start));
    const found = lloyd(points, centers, steps);
    if (!best || found.inertia < best.inertia) best = found;
  }
  return best as KMeans;
}

/** Rows as centers, each drawn with the square of its distance from those before. */
function plusPlusCenters(points: Matrix, k: number, random: Random): Matrix<Float64Array> {
  const { data, rows: n, cols: d } = points;
  const centers = zeros64(k, d);
  const nearest = new Float64Array(n).fill(1);
  for (let c = 0; c < k; c++) {
    const row = drawn(nearest, random);
    centers.data.set(data.subarray(row * d, (row + 1) * d), c * d);
    for (let i = 0; i < n; i++) {
      const distance = squaredDistance(points, i, centers, c);
      nearest[i] = c === 0 ? distance : Math.min(nearest[i], distance);
    }
  }
  return centers;
}

/** A place drawn by weight; any where no weight is left. */
function drawn(weights: Float64Array, random: Random): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return random.integer(weights.length);
  let left = random.uniform() * total;
  const place = weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
  return place < 0 ? weights.findLastIndex((weight) => weight > 0) : place;
}

function lloyd(points: Matrix, centers: Matrix<Float64Array>, steps: number): KMeans {
  const of = new Int32Array(points.rows).fill(-1);
  let inertia = assign(points, centers, of).inertia;
  for (let step = 0; step < steps; step++) {
    moveToMeans(points, of, centers);
    const next = assign(points, centers, of);
    inertia = next.inertia;
    if (!next.isMoved) break;
  }
  return { centers, of, inertia };
}

function assign(points: Matrix, centers: Matrix, of: Int32Array) {
  let inertia = 0;
  let isMoved = false;
  for (let i = 0; i < points.rows; i++) {
    let best = 0;
    let least = Infinity;
    for (let c = 0; c < centers.rows; c++) {
      const distance = squaredDistance(points, i, centers, c);
      if (distance < least) [best, least] = [c, distance];
    }
    inertia += least;
    isMoved ||= of[i] !== best;
    of[i] = best;
  }
  return { inertia, isMoved };
}

/** Each center goes to the mean of its rows; one without rows stays where it is. */
export function moveToMeans({ data, cols: d }: Matrix, of: Int32Array, centers: Matrix): void {
  const sums = new Float64Array(centers.data.length);
  const counts = new Int32Array(centers.rows);
  for (let i = 0; i < of.length; i++) {
    counts[of[i]] += 1;
    for (let c = 0; c < d; c++) sums[of[i] * d + c] += data[i * d + c];
  }
  for (let e = 0; e < sums.length; e++) {
    const count = counts[Math.floor(e / d)];
    if (count > 0) centers.data[e] = sums[e] / count;
  }
}

function squaredDistance({ data: a, cols: d }: Matrix, i: number, { data: b }: Matrix, j: number) {
  let sum = 0;
  for (let c = 0; c < d; c++) {
    const difference = a[i * d + c] - b[j * d + c];
    sum += difference * difference;
  }
  return sum;
}
