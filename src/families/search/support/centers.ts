import { gathered, type Matrix, matrix, rows as rowsOf, zeros } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import type { BuildContext } from '../types.ts';

/** Rows for each center that Lloyd's steps move over, and among which the first centers are drawn. */
const ROWS_A_CENTER = 64;
const SEEDS_A_CENTER = 8;
const STEPS = 10;

/**
 * k centers of n × d points by squared distance: Lloyd's steps from k-means++ (Arthur and Vassilvitskii 2007), both on a
 * sample of the rows. Fewer where fewer rows of the sample differ.
 */
export async function sampledCenters(
  points: Matrix<Float32Array>,
  k: number,
  { engine, random, run, work }: BuildContext,
): Promise<Matrix<Float32Array>> {
  const { rows: n, cols: d } = points;
  const places = random.fork('sample').sample(n, Math.min(n, ROWS_A_CENTER * k));
  const sample = gathered(points, places);
  const among = rowsOf(sample, 0, Math.min(sample.rows, SEEDS_A_CENTER * k));
  const centers = spreadRows(among, Math.min(k, among.rows), random.fork('centers'));
  let of: Int32Array | undefined;
  for (let step = 0; step < STEPS; step++) {
    await run.tick({ stage: 'centers', done: step / STEPS });
    const { indices } = await engine.assign(sample, centers, { signal: work.signal });
    if (of && indices.every((center, i) => center === of?.[i])) break;
    of = indices;
    moveToMeans(sample, indices, centers, d);
  }
  return centers;
}

/** k rows, each drawn with the square of its distance from those before; fewer where no other row is left. */
function spreadRows(
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

/** The first place at which the sum of the weights exceeds a number. */
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

/** A center without rows stays where it is. */
function moveToMeans(
  { data }: Matrix<Float32Array>,
  of: Int32Array,
  centers: Matrix<Float32Array>,
  d: number,
): void {
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
