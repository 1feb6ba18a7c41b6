import { ShapeError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import {
  equalErrorRate,
  foldedAccuracy,
  type PairDistances,
  validationRate,
} from '../../../numerics/statistics/verification.ts';

/** Rows whose pairs are all compared; of more a sample is taken. */
const MOST_ROWS = 2000;

export interface VerificationOptions {
  /** Share of the pairs of two classes that may be taken for one. */
  readonly falseAcceptRate?: number | undefined;
  /** Of the sample that is taken of more than 2,000 rows. */
  readonly seed?: number | undefined;
}

/** How well distances tell whether two rows are of one class. */
export interface Verification {
  /** Share of the pairs of one class that are accepted at the false accept rate asked for. */
  readonly validationRate: number;
  readonly falseAcceptRate: number;
  readonly threshold: number;
  readonly equalErrorRate: number;
  /** Share of pairs told right, either kind weighing half, by a threshold chosen on other pairs. */
  readonly accuracy: number;
  /** Share of the rows whose nearest other row is of their class, among rows whose class has another. */
  readonly recallAt1: number;
  readonly pairsOfOne: number;
  readonly pairsOfTwo: number;
}

/**
 * Verification by Euclidean distances, and retrieval, over all pairs of rows; rows of unit length make the distance one
 * of directions. NaN where there are no pairs of one class, or none of two.
 *
 * @param points n × d
 * @param classes the class of each row, whole numbers
 */
export function verification(
  points: Matrix,
  classes: ArrayLike<number>,
  { falseAcceptRate = 1e-2, seed = 0 }: VerificationOptions = {},
): Verification {
  const { distances, recallAt1 } = comparedRows(points, points, classes, seed);
  const { rate, falseAcceptRate: reached, threshold } = validationRate(distances, falseAcceptRate);
  return {
    validationRate: rate,
    falseAcceptRate: reached,
    threshold,
    equalErrorRate: equalErrorRate(distances),
    accuracy: foldedAccuracy(distances),
    recallAt1,
    pairsOfOne: distances.same.length,
    pairsOfTwo: distances.different.length,
  };
}

/**
 * Distances of all pairs of different rows, by whether their classes are equal: row i of `points` against row j < i of
 * `others`, which are other embeddings of the same things.
 */
export function pairDistances(
  points: Matrix,
  classes: ArrayLike<number>,
  others: Matrix = points,
): PairDistances {
  return comparedRows(points, others, classes, 0).distances;
}

function comparedRows(points: Matrix, others: Matrix, classes: ArrayLike<number>, seed: number) {
  if (classes.length !== points.rows)
    throw new ShapeError('verification', `${points.rows} classes`, `${classes.length}`);
  if (others.rows !== points.rows || others.cols !== points.cols)
    throw new ShapeError(
      'verification',
      `${points.rows} × ${points.cols} other embeddings`,
      `${others.rows} × ${others.cols}`,
    );
  const rows = sampledRows(points.rows, seed);
  const n = rows.length;
  const [same, different] = [
    new Float64Array((n * (n - 1)) / 2),
    new Float64Array((n * (n - 1)) / 2),
  ];
  let [ofOne, ofTwo] = [0, 0];
  const nearest = new Float64Array(n).fill(Infinity);
  const isOwn = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const distance = distanceOf(points, rows[i], others, rows[j]);
      const equal = classes[rows[i]] === classes[rows[j]];
      if (equal) same[ofOne++] = distance;
      else different[ofTwo++] = distance;
      for (const at of [i, j]) {
        if (distance >= nearest[at]) continue;
        nearest[at] = distance;
        isOwn[at] = equal ? 1 : 0;
      }
    }
  }
  return {
    distances: { same: same.subarray(0, ofOne), different: different.subarray(0, ofTwo) },
    recallAt1: shareOfOwn(isOwn, rows, classes),
  };
}

function sampledRows(n: number, seed: number): Int32Array {
  if (n > MOST_ROWS) return Random.fromSeed(seed).fork('verification').sample(n, MOST_ROWS).sort();
  return Int32Array.from({ length: n }, (_, i) => i);
}

function distanceOf({ data: x, cols: d }: Matrix, i: number, { data: y }: Matrix, j: number) {
  let squared = 0;
  for (let c = 0; c < d; c++) squared += (x[i * d + c] - y[j * d + c]) ** 2;
  return Math.sqrt(squared);
}

function shareOfOwn(isOwn: Uint8Array, rows: Int32Array, classes: ArrayLike<number>): number {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(classes[row], (counts.get(classes[row]) ?? 0) + 1);
  let [asked, found] = [0, 0];
  rows.forEach((row, i) => {
    if ((counts.get(classes[row]) ?? 0) < 2) return;
    asked += 1;
    found += isOwn[i];
  });
  return found / asked;
}
