import { type Matrix, matrix, zerosLike } from '../../../core/matrix.ts';
import type { Fitted } from '../../../learning/index.ts';
import { columnScales } from '../../../numerics/rows/column-scales.ts';
import {
  type LogisticModel,
  logisticRegression,
  logisticScores,
  softmaxRowsInPlace,
} from '../../../numerics/solvers/logistic.ts';

export interface FittedLogistic {
  readonly arrays: Readonly<Record<'weights' | 'intercepts', Matrix<Float64Array>>>;
  readonly model: LogisticModel;
}

export interface LogisticSettings {
  /** λ > 0. */
  readonly penalty: number;
  /** Whether columns are brought to variance 1. */
  readonly scaled: boolean;
  /** Most steps of the search. */
  readonly steps: number;
}

/** Predictions do not change below it; each further digit costs as many steps again. */
const TOLERANCE = 1e-6;

/** Logistic regression of the columns at mean 0 and variance 1, told in the columns as they are. */
export function fittedLogistic(
  points: Matrix,
  of: Int32Array,
  classes: number,
  { penalty, scaled, steps }: LogisticSettings,
): FittedLogistic {
  const { cols: d } = points;
  const scales = columnScales(points);
  const { mean, inverse } = scaled
    ? scales
    : { mean: scales.mean, inverse: scales.inverse.map((own) => (own > 0 ? 1 : 0)) };
  const rows = zerosLike(points);
  for (let e = 0; e < rows.data.length; e++)
    rows.data[e] = (points.data[e] - mean[e % d]) * inverse[e % d];
  const model = logisticRegression(rows, of, classes, {
    penalty,
    maxIterations: steps,
    tolerance: TOLERANCE,
  });
  const weights = model.weights.data.map((w, e) => w * inverse[e % d]);
  const intercepts = model.intercepts.slice();
  for (let e = 0; e < weights.length; e++)
    intercepts[Math.floor(e / d)] -= weights[e] * mean[e % d];
  return {
    arrays: { weights: matrix(weights, classes, d), intercepts: matrix(intercepts, 1, classes) },
    model,
  };
}

/** r × C probabilities. */
export function logisticProbabilities(
  { weights, intercepts }: Fitted['arrays'],
  rows: Matrix,
): Matrix<Float64Array> {
  const scores = logisticScores(
    { weights: weights as Matrix<Float64Array>, intercepts: intercepts.data as Float64Array },
    rows,
  );
  softmaxRowsInPlace(scores);
  return scores;
}
