import { copied, type Matrix, matrix, zeros } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { Engine } from '../../engine/engine.ts';
import { moveToMeans } from '../../numerics/solvers/k-means.ts';

/**
 * k rows that lie apart, each drawn with the square of its distance from those before (k-means++, Arthur and Vassilvitskii
 * 2007); fewer where fewer rows differ. O(nkd), in the calling thread.
 */
export function spreadRows(
  { data, rows: n, cols: d }: Matrix<Float32Array>,
  k: number,
  random: Random,
): Matrix<Float32Array> {
  const centers = zeros(k, d);
  const nearest = new Float64Array(n).fill(Infinity);
  let row = random.integer(n);
  for (let c = 0; c < k; c++) {
    const center = data.subarray(row * d, (row + 1) * d);
    centers.data.set(center, c * d);
    lowerToDistances(nearest, data, center);
    let total = 0;
    for (const distance of nearest) total += distance;
    if (total === 0) return matrix(centers.data.slice(0, (c + 1) * d), c + 1, d);
    row = drawn(nearest, total * random.uniform());
  }
  return centers;
}

/** The first place up to which the weights add up to more than a number. */
function drawn(weights: Float64Array, target: number): number {
  let left = target;
  const place = weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
  return place < 0 ? weights.findLastIndex((weight) => weight > 0) : place;
}

/** The lower of what is known and each row's squared distance from a center, four rows at a time. */
function lowerToDistances(nearest: Float64Array, data: Float32Array, center: Float32Array): void {
  const [n, d] = [nearest.length, center.length];
  for (let i = 0; i < n; i += 4) {
    // Rows beyond the last are the last again.
    const [p0, p1, p2, p3] = [i, i + 1, i + 2, i + 3].map((row) => Math.min(row, n - 1) * d);
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let c = 0; c < d; c++) {
      const x = center[c];
      const e0 = data[p0 + c] - x;
      const e1 = data[p1 + c] - x;
      const e2 = data[p2 + c] - x;
      const e3 = data[p3 + c] - x;
      s0 += e0 * e0;
      s1 += e1 * e1;
      s2 += e2 * e2;
      s3 += e3 * e3;
    }
    for (const [r, distance] of [s0, s1, s2, s3].entries())
      if (i + r < n) nearest[i + r] = Math.min(nearest[i + r], distance);
  }
}

export interface LloydCenters {
  readonly centers: Matrix<Float32Array>;
  /** Σ squared distances of the rows from the nearest centers, before the last step. */
  readonly inertia: number;
}

export interface LloydOptions {
  readonly engine: Engine;
  /** A step that lowers the inertia by a smaller share is the last. Default: 0.001. */
  readonly leastGain?: number;
  /** Called before each step. */
  readonly onStep?: (step: number) => Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Lloyd's steps on the engine, from given centers on: each center goes to the mean of the rows that are nearest to it; of
 * equally near ones the first counts, and one without rows stays where it is. Fewer steps where they no longer gain. O(nkd)
 * each.
 */
export async function lloydCenters(
  points: Matrix<Float32Array>,
  start: Matrix<Float32Array>,
  steps: number,
  { engine, leastGain = 1e-3, onStep, signal }: LloydOptions,
): Promise<LloydCenters> {
  const centers = copied(start);
  let inertia = Infinity;
  for (let step = 0; step < steps; step++) {
    await onStep?.(step);
    const { indices, distances } = await engine.assign(points, centers, { signal });
    const before = inertia;
    inertia = distances.reduce((sum, distance) => sum + distance * distance, 0);
    moveToMeans(points, indices, centers);
    if (!(inertia < before * (1 - leastGain))) break;
  }
  return { centers, inertia };
}
