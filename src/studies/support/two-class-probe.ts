import { type Matrix, matrix } from '../../core/matrix.ts';
import { columnScales } from '../../numerics/rows/column-scales.ts';
import { logisticRegression, logisticScores } from '../../numerics/solvers/logistic.ts';

/** A linear classifier of two classes: what it gives is above 0 where the first is the likelier. */
export type Classifier = (features: Matrix) => Float64Array;

/**
 * Logistic regression on columns scaled to mean 0 and variance 1 over the rows given, with an intercept:
 * Σ log(1 + e^(−ys)) + penalty·‖w‖²/2 is least, y = ±1. Classes of different sizes weigh the same.
 */
export function twoClassProbe(
  features: Matrix,
  isFirst: readonly boolean[],
  penalty = 1,
): Classifier {
  const { mean, inverse } = columnScales(features);
  const scaled = ({ data, rows: n, cols: d }: Matrix) =>
    matrix(
      Float64Array.from(data, (x, e) => (x - mean[e % d]) * inverse[e % d]),
      n,
      d,
    );
  const n = features.rows;
  const first = isFirst.filter(Boolean).length;
  const model = logisticRegression(scaled(features), isFirst.map(Number), 2, {
    penalty,
    rowWeights: isFirst.map((is) => n / 2 / (is ? first : n - first)),
  });
  return (others) => {
    const { data } = logisticScores(model, scaled(others));
    return Float64Array.from({ length: others.rows }, (_, i) => data[2 * i + 1] - data[2 * i]);
  };
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
