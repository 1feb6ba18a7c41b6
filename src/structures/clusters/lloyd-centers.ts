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
    let total = 0;
    for (let i = 0; i < n; i++) {
      nearest[i] = Math.min(nearest[i], squaredDistance(data, i * d, center));
      total += nearest[i];
    }
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

function squaredDistance(data: Float32Array, at: number, center: Float32Array): number {
  let sum = 0;
  for (let c = 0; c < center.length; c++) {
    const difference = data[at + c] - center[c];
    sum += difference * difference;
  }
  return sum;
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
