import { type Matrix, matrix, zeros64 } from '../../core/matrix.ts';
import { exp } from '../../core/numeric.ts';
import { cholesky, choleskySolve } from '../../numerics/decompositions/index.ts';

/** Newton steps: the loss is convex, and so many end within rounding of the least. */
const STEPS = 12;

/** A linear classifier of two classes: what it gives is above 0 where the first is the likelier. */
export type Classifier = (features: Matrix) => Float64Array;

/**
 * Logistic regression on columns scaled to mean 0 and variance 1 over the rows given, with an intercept:
 * Σ log(1 + e^(−ys)) + penalty·‖w‖²/2 is least, y = ±1. Classes of different sizes weigh the same.
 */
export function logisticRegression(
  features: Matrix,
  isFirst: readonly boolean[],
  penalty = 1,
): Classifier {
  const scale = scaleOf(features);
  const x = scaled(features, scale);
  const { rows: n, cols: p } = x;
  const first = isFirst.filter(Boolean).length;
  const weightOf = (i: number) => n / 2 / (isFirst[i] ? first : n - first);
  const w = new Float64Array(p);
  for (let step = 0; step < STEPS; step++) {
    const hessian = zeros64(p, p);
    const gradient = zeros64(p, 1);
    const scores = scoresOf(x, w);
    for (let i = 0; i < n; i++) {
      const share = 1 / (1 + exp(-scores[i]));
      const slope = weightOf(i) * ((isFirst[i] ? 1 : 0) - share);
      const curvature = weightOf(i) * Math.max(1e-9, share * (1 - share));
      for (let a = 0; a < p; a++) {
        const xa = x.data[i * p + a];
        gradient.data[a] += slope * xa;
        for (let b = 0; b <= a; b++) hessian.data[a * p + b] += curvature * xa * x.data[i * p + b];
      }
    }
    // The last column is the intercept, which has no penalty.
    for (let a = 0; a < p; a++) {
      if (a < p - 1) {
        hessian.data[a * p + a] += penalty;
        gradient.data[a] -= penalty * w[a];
      } else hessian.data[a * p + a] += 1e-9;
      for (let b = 0; b < a; b++) hessian.data[b * p + a] = hessian.data[a * p + b];
    }
    const move = choleskySolve(cholesky(hessian), gradient).data;
    for (let a = 0; a < p; a++) w[a] += move[a];
  }
  return (others) => scoresOf(scaled(others, scale), w);
}

interface Scale {
  readonly means: Float64Array;
  readonly sds: Float64Array;
}

function scaleOf({ data, rows: n, cols: p }: Matrix): Scale {
  const means = new Float64Array(p);
  const sds = new Float64Array(p);
  for (let at = 0; at < data.length; at++) means[at % p] += data[at] / n;
  for (let at = 0; at < data.length; at++) sds[at % p] += (data[at] - means[at % p]) ** 2 / n;
  return { means, sds: sds.map(Math.sqrt) };
}

/** Columns scaled, those without a spread left at 0, and a column of ones behind them. */
function scaled({ data, rows: n, cols: p }: Matrix, { means, sds }: Scale): Matrix<Float64Array> {
  const out = new Float64Array(n * (p + 1)).fill(1);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < p; c++) {
      const gap = data[i * p + c] - means[c];
      out[i * (p + 1) + c] = sds[c] > 1e-12 ? gap / sds[c] : 0;
    }
  }
  return matrix(out, n, p + 1);
}

function scoresOf({ data, rows: n, cols: p }: Matrix, w: Float64Array): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => {
    let score = 0;
    for (let c = 0; c < p; c++) score += w[c] * data[i * p + c];
    return score;
  });
}

/** 2·hits/(2·hits + false ones + missed ones) of the first class. */
export function f1Of(scores: Float64Array, isFirst: readonly boolean[]): number {
  let [hits, wrong] = [0, 0];
  for (const [i, score] of scores.entries()) {
    if (score > 0 && isFirst[i]) hits += 1;
    else if (score > 0 !== isFirst[i]) wrong += 1;
  }
  return (2 * hits) / (2 * hits + wrong);
}

/** The share of scores on the right side. */
export function accuracyOf(scores: Float64Array, isFirst: readonly boolean[]): number {
  return scores.filter((score, i) => score > 0 === isFirst[i]).length / scores.length;
}
