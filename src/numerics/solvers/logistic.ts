import { type Matrix, zeros64 } from '../../core/matrix.ts';
import { exp, log } from '../../core/numeric.ts';
import { cholesky, choleskySolve } from '../decompositions/index.ts';
import { fourSumDot } from '../rows/dot.ts';
import { addFourRows, addToTwo, fourRows, productsInto } from '../rows/four-rows.ts';
import { convexMinimum } from './lbfgs.ts';

export interface LogisticOptions {
  /** λ > 0; scikit-learn's 1/C. */
  readonly penalty: number;
  /** Left out: 1 for each row. */
  readonly rowWeights?: ArrayLike<number> | undefined;
  /** Weights are within so small a part of the best, by the convexity that the penalty gives. */
  readonly tolerance?: number | undefined;
  readonly maxIterations?: number | undefined;
}

/** A linear score for each class; the softmax of the scores are its probabilities. */
export interface LogisticModel {
  /** k × d. */
  readonly weights: Matrix<Float64Array>;
  /** k. */
  readonly intercepts: Float64Array;
  /** The least value of the objective. */
  readonly value: number;
  readonly iterations: number;
  /** Whether the weights are as near as asked; else the iterations or rounding ended the search. */
  readonly isReached: boolean;
}

/**
 * Multinomial logistic regression with intercepts, which have no penalty:
 *
 *     Σᵢ vᵢ·(log Σⱼ exp(wⱼ·xᵢ + bⱼ) − (w_cᵢ·xᵢ + b_cᵢ)) + λ/2·Σⱼ ‖wⱼ‖²  is least
 *
 * for n × d rows, their classes c (whole numbers below k) and row weights v. With two classes the penalty is that of the one
 * weight that tells them apart, λ/2·‖w₁ − w₀‖², as is usual. Intercepts sum to 0.
 */
export function logisticRegression(
  rows: Matrix,
  classes: ArrayLike<number>,
  count: number,
  { penalty, rowWeights, tolerance = 1e-8, maxIterations = 1000 }: LogisticOptions,
): LogisticModel {
  const { cols: d } = rows;
  // Of two opposite weights ±w/2 the squares sum to half of ‖w‖².
  const lambda = count === 2 ? 2 * penalty : penalty;
  const { point, value, iterations, isReached } = convexMinimum(
    objectiveOf(rows, classes, count, lambda, rowWeights),
    new Float64Array(count * (d + 1)),
    {
      maxIterations,
      preconditionInPlace: preconditioner(rows, count, lambda, rowWeights),
      isEnough: (point, gradient) => {
        let [squares, size] = [0, 0];
        for (const g of gradient) squares += g * g;
        for (const w of point) size += w * w;
        return Math.sqrt(squares) <= tolerance * lambda * Math.max(1e-3, Math.sqrt(size));
      },
    },
  );
  return { ...unpacked(point, count, d), value, iterations, isReached };
}

/** Scores of rows, n × k: wⱼ·x + bⱼ. */
export function logisticScores(
  { weights, intercepts }: Pick<LogisticModel, 'weights' | 'intercepts'>,
  { data, rows: n, cols: d }: Matrix,
): Matrix<Float64Array> {
  const { rows: k } = weights;
  const out = zeros64(n, k);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++)
      out.data[i * k + j] = fourSumDot(data, i * d, weights.data, j * d, d) + intercepts[j];
  }
  return out;
}

/** Scores become probabilities, row by row: exp(sⱼ)/Σ exp(s). */
export function softmaxRowsInPlace({ data, rows: n, cols: k }: Matrix): void {
  for (let i = 0; i < n; i++) {
    const scores = data.subarray(i * k, (i + 1) * k);
    const total = softmaxInPlace(scores).total;
    for (let j = 0; j < k; j++) scores[j] /= total;
  }
}

/** The weights of k classes, each with its intercept behind it. */
function unpacked(point: Float64Array, k: number, d: number) {
  const weights = zeros64(k, d);
  const intercepts = new Float64Array(k);
  for (let j = 0; j < k; j++) {
    weights.data.set(point.subarray(j * (d + 1), j * (d + 1) + d), j * d);
    intercepts[j] = point[j * (d + 1) + d];
  }
  // No row tells by how much all intercepts are moved together.
  const mean = intercepts.reduce((sum, b) => sum + b, 0) / k;
  return { weights, intercepts: intercepts.map((b) => b - mean) };
}

/** exp(s − max s), their sum, and the largest. */
function softmaxInPlace(scores: Matrix['data']) {
  let most = -Infinity;
  for (const score of scores) most = Math.max(most, score);
  let total = 0;
  for (let j = 0; j < scores.length; j++) {
    scores[j] = exp(scores[j] - most);
    total += scores[j];
  }
  return { most, total };
}

function objectiveOf(
  { data, rows: n, cols: d }: Matrix,
  classes: ArrayLike<number>,
  k: number,
  lambda: number,
  rowWeights: ArrayLike<number> | undefined,
) {
  const width = d + 1;
  // In float64 whatever the table is in, so that the loops see one type, with a 1 for the intercept; classes by twos.
  const block = fourRows(width);
  for (const row of block) row[d] = 1;
  const scores = fourRows(k + (k % 2));
  const ofClasses = scores.map((own) => own.subarray(0, k));
  const [weights, slopes] = [scores, scores].map(([own]) => new Float64Array(own.length * width));
  return (point: Float64Array, gradient: Float64Array): number => {
    let value = 0;
    weights.set(point);
    for (let e = 0; e < point.length; e++) {
      const isIntercept = e % width === d;
      slopes[e] = isIntercept ? 0 : lambda * point[e];
      if (!isIntercept) value += (lambda / 2) * point[e] * point[e];
    }
    for (let first = 0; first < n; first += 4) {
      const there = Math.min(4, n - first);
      for (let r = 0; r < there; r++)
        block[r].set(data.subarray((first + r) * d, (first + r + 1) * d));
      for (let j = 0; j < k; j += 2) productsInto(scores, j, block, weights, width);
      for (let r = 0; r < there; r++) {
        const weight = rowWeights ? rowWeights[first + r] : 1;
        value += weight * slopesInPlace(ofClasses[r], classes[first + r], weight);
      }
      // What stands where no row is left counts for nothing.
      for (let r = there; r < 4; r++) scores[r].fill(0);
      for (let j = 0; j < k; j += 2) addToTwo(slopes, j, block, scores, width);
    }
    gradient.set(slopes.subarray(0, point.length));
    return value;
  };
}

/** The loss of a row by its scores, which become the slopes of the loss times a weight. */
function slopesInPlace(scores: Float64Array, own: number, weight: number): number {
  const ofOwn = scores[own];
  const { most, total } = softmaxInPlace(scores);
  for (let j = 0; j < scores.length; j++)
    scores[j] = weight * (scores[j] / total - (j === own ? 1 : 0));
  return log(total) + most - ofOwn;
}

/** Wider rows are scaled column by column alone: a square matrix of their width costs more than it saves. */
const WIDEST = 1024;

/**
 * What solves (κ·(X, 1)ᵀ(X, 1) + λI) z = v for the part v of each class, with κ the curvature of equal probabilities:
 * about the Hessian (Böhning 1992). It only speeds the search up, so that a part of many rows is enough.
 */
function preconditioner(
  rows: Matrix,
  k: number,
  lambda: number,
  rowWeights: ArrayLike<number> | undefined,
): (vector: Float64Array) => void {
  const width = rows.cols + 1;
  const isDiagonal = rows.cols > WIDEST;
  const curvature = isDiagonal ? new Float64Array(width) : zeros64(width, width).data;
  for (const { block, shares } of sampledRows(rows, rowWeights, 1 / k - 1 / k ** 2)) {
    const [x0, x1, x2, x3] = block;
    const [s0, s1, s2, s3] = shares;
    for (let a = 0; a < width; a++) {
      if (isDiagonal) for (let r = 0; r < 4; r++) curvature[a] += shares[r] * block[r][a] ** 2;
      // Row a of the lower triangle.
      else
        addFourRows(
          curvature,
          a * width,
          a + 1,
          block,
          s0 * x0[a],
          s1 * x1[a],
          s2 * x2[a],
          s3 * x3[a],
        );
    }
  }
  for (let a = 0; a < width; a++) curvature[isDiagonal ? a : a * (width + 1)] += lambda;
  if (isDiagonal) {
    return (vector) => {
      for (let e = 0; e < vector.length; e++) vector[e] /= curvature[e % width];
    };
  }
  for (let a = 0; a < width; a++)
    for (let b = 0; b < a; b++) curvature[b * width + a] = curvature[a * width + b];
  const factor = cholesky({ data: curvature, rows: width, cols: width });
  // All classes at once: the triangle is read once for them.
  const columns = zeros64(width, k);
  return (vector) => {
    for (let e = 0; e < vector.length; e++)
      columns.data[(e % width) * k + Math.floor(e / width)] = vector[e];
    const { data } = choleskySolve(factor, columns);
    for (let e = 0; e < vector.length; e++)
      vector[e] = data[(e % width) * k + Math.floor(e / width)];
  };
}

/** Rows evenly over the table, four at a time, each with a 1 behind it, and what each counts for. */
function* sampledRows(
  { data, rows: n, cols: d }: Matrix,
  rowWeights: ArrayLike<number> | undefined,
  factor: number,
) {
  const taken = Math.min(n, Math.max(1024, 4 * (d + 1)));
  const block = fourRows(d + 1);
  for (const row of block) row[d] = 1;
  const shares = new Float64Array(4);
  for (let t = 0; t < taken; t += 4) {
    shares.fill(0);
    for (let r = 0; r < 4 && t + r < taken; r++) {
      const i = Math.floor(((t + r) * n) / taken);
      block[r].set(data.subarray(i * d, (i + 1) * d));
      shares[r] = (factor * (rowWeights ? rowWeights[i] : 1) * n) / taken;
    }
    yield { block, shares };
  }
}
