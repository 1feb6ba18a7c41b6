import { type Matrix, matrix, zeros64 } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { cholesky, choleskySolve } from '../../numerics/decompositions/index.ts';

/** Penalty of the probe, in mean squared lengths of a row. */
const RIDGE = 0.1;

/** Rows with a class each. */
export interface Labeled {
  readonly points: Matrix;
  readonly labels: Int32Array;
}

/** So many rows of each class, drawn at random. */
export function drawOfEachClass(
  labels: Int32Array,
  perClass: number,
  random: Random,
): readonly number[] {
  const taken = new Map<number, number>();
  return Array.from(random.sample(labels.length)).filter((i) => {
    const count = taken.get(labels[i]) ?? 0;
    if (count < perClass) taken.set(labels[i], count + 1);
    return count < perClass;
  });
}

/**
 * How well few labels do: the share of `test` whose class a ridge regression on one-hot classes finds that was fitted to
 * the rows `known` of `train` alone. Columns are scaled to mean 0 and variance 1 over all rows of `train`.
 */
export function fewLabelProbe(train: Labeled, test: Labeled): (known: readonly number[]) => number {
  const scale = scaleOf(train.points);
  const x = scaled(train.points, scale);
  const y = scaled(test.points, scale);
  const classes = Math.max(...train.labels) + 1;
  return (known) => {
    const weights = ridgeWeights(x, train.labels, known, classes);
    let right = 0;
    const scores = new Float64Array(classes);
    for (let i = 0; i < y.rows; i++) {
      scores.fill(0);
      for (const [a, j] of known.entries()) {
        const product = dot(y, i, x, j);
        for (let c = 0; c < classes; c++) scores[c] += product * weights[a * classes + c];
      }
      if (scores.indexOf(Math.max(...scores)) === test.labels[i]) right += 1;
    }
    return right / y.rows;
  };
}

/** A weight of each known row for each class. */
function ridgeWeights(
  x: Matrix,
  labels: Int32Array,
  known: readonly number[],
  classes: number,
): Float64Array {
  const m = known.length;
  const products = zeros64(m, m);
  const targets = zeros64(m, classes);
  for (const [a, i] of known.entries()) {
    for (const [b, j] of known.entries())
      products.data[a * m + b] = dot(x, i, x, j) + (a === b ? RIDGE : 0);
    targets.data[a * classes + labels[i]] = 1;
  }
  return choleskySolve(cholesky(products), targets).data;
}

interface Scale {
  readonly means: Float64Array;
  readonly deviations: Float64Array;
}

function scaleOf({ data, rows: n, cols: d }: Matrix): Scale {
  const means = new Float64Array(d);
  const squares = new Float64Array(d);
  for (let e = 0; e < data.length; e++) means[e % d] += data[e] / n;
  for (let e = 0; e < data.length; e++) squares[e % d] += (data[e] - means[e % d]) ** 2 / n;
  return { means, deviations: squares.map(Math.sqrt) };
}

/** Columns scaled, those without a spread 0; over √d, so that a row is about as long as 1. */
function scaled({ data, rows, cols: d }: Matrix, { means, deviations }: Scale): Matrix {
  const root = Math.sqrt(d);
  const out = new Float64Array(data.length);
  for (let e = 0; e < out.length; e++) {
    const deviation = deviations[e % d];
    out[e] = deviation > 1e-12 ? (data[e] - means[e % d]) / (deviation * root) : 0;
  }
  return matrix(out, rows, d);
}

function dot({ data: a, cols: d }: Matrix, i: number, { data: b }: Matrix, j: number): number {
  let sum = 0;
  for (let c = 0; c < d; c++) sum += a[i * d + c] * b[j * d + c];
  return sum;
}
