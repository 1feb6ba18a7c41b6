import type { Matrix } from '../../../core/matrix.ts';
import { exp } from '../../../core/numeric.ts';
import { normalsInto } from './fast-normal.ts';

/** Numbers mapped into (0, 1), one by one. */
export interface Squashed {
  readonly values: Float64Array;
  /** Turns ∂L/∂values into ∂L/∂numbers, in place. */
  pullBackInPlace(slopes: Float64Array): void;
}

/** u = 1/(1 + e^(−x)). */
export function sigmoidOf({ data }: Matrix): Squashed {
  const values = new Float64Array(data.length);
  for (let e = 0; e < data.length; e++) values[e] = 1 / (1 + exp(-data[e]));
  return {
    values,
    pullBackInPlace(slopes) {
      for (let e = 0; e < slopes.length; e++) slopes[e] *= values[e] * (1 - values[e]);
    },
  };
}

/** u = Φ((x − mean)/deviation) with the mean and the deviation of its row; constant rows stay at ½. */
export function normalRanksOf({ data, rows, cols }: Matrix): Squashed {
  const standard = Float64Array.from(data);
  const inverses = new Float64Array(rows);
  for (let j = 0; j < rows; j++) {
    inverses[j] = standardizeInPlace(standard.subarray(j * cols, (j + 1) * cols));
  }
  const values = new Float64Array(data.length);
  const density = new Float64Array(data.length);
  normalsInto(standard, values, density);
  return {
    values,
    pullBackInPlace(slopes) {
      for (let j = 0; j < rows; j++) {
        const [from, to] = [j * cols, (j + 1) * cols];
        let plain = 0;
        let along = 0;
        for (let e = from; e < to; e++) {
          slopes[e] *= density[e];
          plain += slopes[e] / cols;
          along += (slopes[e] * standard[e]) / cols;
        }
        for (let e = from; e < to; e++) {
          slopes[e] = inverses[j] * (slopes[e] - plain - standard[e] * along);
        }
      }
    },
  };
}

/** Takes off the mean and divides by the deviation, over n; returns 1/deviation, 0 where all are equal. */
function standardizeInPlace(values: Float64Array): number {
  const [first] = values;
  if (values.every((value) => value === first)) {
    values.fill(0);
    return 0;
  }
  let sum = 0;
  for (let e = 0; e < values.length; e++) sum += values[e];
  const mean = sum / values.length;
  let variance = 0;
  for (let e = 0; e < values.length; e++) {
    values[e] -= mean;
    variance += (values[e] * values[e]) / values.length;
  }
  const inverse = 1 / Math.sqrt(variance);
  for (let e = 0; e < values.length; e++) values[e] *= inverse;
  return inverse;
}
