import { type Matrix, zeros64 } from '../../../../core/matrix.ts';
import type { Random } from '../../../../core/random.ts';
import { zerosOf } from '../../../../core/transposed.ts';
import type { Engine } from '../../../../engine/engine.ts';
import { covarianceOf } from '../../../../structures/spectra/covariance.ts';
import { type Classes, classMeans } from './classes.ts';

/** Every number of dimensions up to this one is tried, then eight to a doubling. */
const EVERY = 16;
const STEP = 2 ** (1 / 8);

/** d, d/2, d/4, …, 1, rounded: ascending. */
export function halvesOf(d: number): number[] {
  const halves = Array.from({ length: Math.floor(Math.log2(d)) + 1 }, (_, j) =>
    Math.round(d / 2 ** j),
  );
  return [...new Set(halves)].reverse();
}

/** Numbers of dimensions at which the curves are taken: ascending, the last one d, with all halves. */
export function gridOf(d: number): number[] {
  const grid = new Set(halvesOf(d));
  for (let m = 1; m < d; m = Math.max(m + 1, Math.round(m <= EVERY ? m + 1 : m * STEP))) {
    grid.add(m);
  }
  return [...grid].sort((a, b) => a - b);
}

/** Centred rows with their covariance, and the penalty that every truncation is fitted with. */
export interface TruncationProblem {
  /** n × d, in the rows' element type. */
  readonly centered: Matrix;
  readonly covariance: Matrix<Float64Array>;
  /** Eigenvectors of the covariance as rows, and eigenvalues, largest first. */
  readonly axes: Matrix<Float64Array>;
  readonly values: Float64Array;
  /** `ridge` times the mean variance of a column. */
  readonly penalty: number;
  readonly classes: Classes;
  readonly engine: Engine;
}

export async function truncationProblem(
  points: Matrix,
  classes: Classes,
  ridge: number,
  engine: Engine,
): Promise<TruncationProblem> {
  const { rows: n, cols: d } = points;
  const gram = await engine.gram(points);
  const { mean, values, vectors } = await covarianceOf(points, gram, engine.linalg);
  const covariance = zeros64(d, d);
  for (let e = 0; e < d * d; e++) {
    covariance.data[e] = gram.data[e] / n - mean[Math.floor(e / d)] * mean[e % d];
  }
  const centered = zerosOf(points, n, d);
  for (let e = 0; e < centered.data.length; e++) centered.data[e] = points.data[e] - mean[e % d];
  const level = values.reduce((sum, value) => sum + Math.max(0, value), 0) / d;
  return { centered, covariance, axes: vectors, values, penalty: ridge * level, classes, engine };
}

/** Whether each row is predicted rightly from the first m directions, for each m of the grid. */
export interface ProbeCurve {
  /** 1 or 0: n × grid. */
  readonly right: { readonly data: Uint8Array; readonly rows: number; readonly cols: number };
  /** Shares of the rows, by the grid. */
  readonly accuracy: Float64Array;
}

/**
 * The columns in the order given. With Σ + aI = LLᵀ the first m coordinates of L⁻¹(x − μ) depend on the first
 * m columns alone and have the leading block of L for theirs: one factor serves every m.
 */
export async function columnCurve(
  problem: TruncationProblem,
  order: ArrayLike<number>,
  grid: readonly number[],
): Promise<ProbeCurve> {
  const { covariance, penalty, engine } = problem;
  const d = covariance.cols;
  const ordered = zeros64(d, d);
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < d; b++) {
      ordered.data[a * d + b] = covariance.data[order[a] * d + order[b]];
    }
    ordered.data[a * d + a] += penalty;
  }
  const inverse = invertedLower(await engine.linalg.cholesky(ordered));
  const map = zerosOf(problem.centered, d, d);
  for (let a = 0; a < d; a++) {
    for (let b = 0; b <= a; b++) map.data[a * d + order[b]] = inverse.data[a * d + b];
  }
  return curveThrough(problem, map, grid);
}

/** The principal axes, largest variance first. */
export function principalCurve(
  problem: TruncationProblem,
  grid: readonly number[],
): Promise<ProbeCurve> {
  const { axes, values, penalty, centered } = problem;
  const map = zerosOf(centered, axes.rows, axes.cols);
  for (let k = 0; k < axes.rows; k++) {
    const scale = 1 / Math.sqrt(Math.max(0, values[k]) + penalty);
    for (let c = 0; c < axes.cols; c++) {
      map.data[k * axes.cols + c] = scale * axes.data[k * axes.cols + c];
    }
  }
  return curveThrough(problem, map, grid);
}

/**
 * Leave-one-out ridge regression of the one-hot classes on the first m of z = map·(x − μ), for all m at once:
 * ŷ(m) = p + Σ_{k<m} z_k b_k with b = ZᵀY/n, and h(m) = 1/n + Σ_{k<m} z_k²/n taken off the row's own class.
 */
async function curveThrough(
  { centered, classes, engine }: TruncationProblem,
  map: Matrix,
  grid: readonly number[],
): Promise<ProbeCurve> {
  const z = await engine.matmul(centered, map, true);
  const { rows: n, cols: d } = z;
  const { of, counts } = classes;
  const c = counts.length;
  const means = classMeans(z, classes).data;
  const slopes = new Float64Array(d * c);
  for (let k = 0; k < d; k++) {
    for (let j = 0; j < c; j++) slopes[k * c + j] = (means[j * d + k] * counts[j]) / n;
  }
  const right = { data: new Uint8Array(n * grid.length), rows: n, cols: grid.length };
  const accuracy = new Float64Array(grid.length);
  const scores = new Float64Array(c);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < c; j++) scores[j] = counts[j] / n;
    let leverage = 1 / n;
    let at = 0;
    for (let k = 0; k < d; k++) {
      const x = z.data[i * d + k];
      leverage += (x * x) / n;
      const base = k * c;
      for (let j = 0; j < c; j++) scores[j] += x * slopes[base + j];
      if (grid[at] !== k + 1) continue;
      if (winnerOf(scores, of[i], leverage) === of[i]) {
        right.data[i * grid.length + at] = 1;
        accuracy[at] += 1 / n;
      }
      at += 1;
    }
  }
  return { right, accuracy };
}

/** The largest score once the row's weight in its own prediction is taken off; the first among equals. */
function winnerOf(scores: Float64Array, own: number, leverage: number): number {
  let [best, winner] = [-Infinity, 0];
  for (let j = 0; j < scores.length; j++) {
    const score = j === own ? scores[j] - leverage : scores[j];
    if (score > best) [best, winner] = [score, j];
  }
  return winner;
}

/** L⁻¹ of a lower triangular matrix. */
function invertedLower({ data: l, rows: d }: Matrix<Float64Array>): Matrix<Float64Array> {
  const inverse = zeros64(d, d);
  const { data } = inverse;
  for (let i = 0; i < d; i++) {
    const row = i * d;
    // Row i of the inverse: the unit row less the rows above it, by whole rows.
    for (let k = 0; k < i; k++) {
      const factor = l[row + k];
      for (let j = 0; j <= k; j++) data[row + j] -= factor * data[k * d + j];
    }
    data[row + i] = 1;
    for (let j = 0; j <= i; j++) data[row + j] /= l[row + i];
  }
  return inverse;
}

/** The mean accuracies of curves. */
export function meanAccuracy(curves: readonly ProbeCurve[]): Float64Array {
  const accuracy = new Float64Array(curves[0].accuracy.length);
  for (const curve of curves) {
    for (let g = 0; g < accuracy.length; g++) accuracy[g] += curve.accuracy[g] / curves.length;
  }
  return accuracy;
}

/**
 * The fewest dimensions of the grid whose accuracy is `keep` times that of all, once the curve is made to rise
 * (the rising curve nearest to it): the noise of single points then neither helps nor harms.
 */
export function dimensionsKept(
  accuracy: ArrayLike<number>,
  grid: readonly number[],
  keep: number,
): number {
  const rising = risingFit(accuracy);
  const wanted = keep * accuracy[grid.length - 1];
  const at = rising.findIndex((value) => value >= wanted - 1e-12);
  return grid[at < 0 ? grid.length - 1 : at];
}

/** The non-decreasing sequence nearest to the values: neighbours out of order are pooled. */
export function risingFit(values: ArrayLike<number>): Float64Array {
  const means: number[] = [];
  const sizes: number[] = [];
  for (let i = 0; i < values.length; i++) {
    let [mean, size] = [values[i], 1];
    while (means.length > 0 && means[means.length - 1] > mean) {
      const before = sizes.pop() ?? 0;
      mean = ((means.pop() ?? 0) * before + mean * size) / (before + size);
      size += before;
    }
    means.push(mean);
    sizes.push(size);
  }
  return Float64Array.from(means.flatMap((mean, p) => Array<number>(sizes[p]).fill(mean)));
}

/**
 * Accuracies by the grid in so many sets of n/2 rows drawn with replacement, each row with its predictions, and of
 * as many of the curves, drawn alike. Half of the rows: new rows would bring a new fit too, and in planted
 * spaces the dimensions kept then vary 1.2 to 1.5 times as much as predictions of n redrawn rows say.
 */
export function redrawn(
  curves: readonly ProbeCurve[],
  draws: number,
  random: Random,
): Float64Array[] {
  const { rows: n, cols } = curves[0].right;
  const size = Math.ceil(n / 2);
  return Array.from({ length: draws }, (_, r) => {
    const stream = random.fork(r);
    const accuracy = new Float64Array(cols);
    const rows = Int32Array.from({ length: size }, () => stream.integer(n) * cols);
    for (let own = 0; own < curves.length; own++) {
      const { data } = curves[curves.length === 1 ? 0 : stream.integer(curves.length)].right;
      for (const from of rows) for (let g = 0; g < cols; g++) accuracy[g] += data[from + g];
    }
    return accuracy.map((sum) => sum / size / curves.length);
  });
}
