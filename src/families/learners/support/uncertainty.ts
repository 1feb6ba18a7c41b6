import type { Matrix } from '../../../core/matrix.ts';
import { Random } from '../../../core/random.ts';
import { zerosOf } from '../../../core/transposed.ts';

/** How the probability of a match falls with distance: σ(b − a·distance). */
export interface MatchShape {
  readonly slope: number;
  readonly offset: number;
}

/** The first half of the columns: means of rows [μ | log σ²]. */
export function meansOfGaussians(rows: Matrix): Matrix {
  const { data, rows: n, cols } = rows;
  const d = cols / 2;
  const means = zerosOf(rows, n, d);
  for (let i = 0; i < n; i++) means.data.set(data.subarray(i * cols, i * cols + d), i * d);
  return means;
}

/** The second half: log σ², a list for each dimension, `log_variance_1` and so on. */
export function logVariancesOf({ data, rows: n, cols }: Matrix): Record<string, Float64Array> {
  const d = cols / 2;
  const listOf = (c: number) => Float64Array.from({ length: n }, (_, i) => data[i * cols + d + c]);
  return Object.fromEntries(
    Array.from({ length: d }, (_, c) => [`log_variance_${c + 1}`, listOf(c)]),
  );
}

/**
 * How unsure a model is of each row: 1 − p(m | x, x), where p is the mean over pairs of samples of the row's Gaussian,
 * `samples` on either side, of σ(b − a·distance). All rows share the random numbers, so that rows compare.
 *
 * @param rows [μ | log σ²], n × 2D
 */
export function uncertaintyOf(rows: Matrix, shape: MatchShape, samples: number): Float64Array {
  const random = Random.fromSeed(0).fork('uncertainty');
  return matchProbabilities(rows, rows, shape, samples, random).map((match) => 1 - match);
}

/**
 * The probability that rows i of two sets are of one thing, each [μ | log σ²]: the mean over pairs of samples of
 * σ(b − a·distance). Samples are drawn from `random`, the same for every pair.
 */
export function matchProbabilities(
  first: Matrix,
  second: Matrix,
  { slope, offset }: MatchShape,
  samples: number,
  random: Random,
): Float64Array {
  const cols = first.cols;
  const d = cols / 2;
  const noise = new Float64Array(2 * samples * d);
  random.normals(noise);
  const other = samples * d;
  const deviation = new Float64Array(2 * d);
  return Float64Array.from({ length: first.rows }, (_, i) => {
    const at = i * cols;
    for (let c = 0; c < d; c++) {
      deviation[c] = Math.exp(first.data[at + d + c] / 2);
      deviation[d + c] = Math.exp(second.data[at + d + c] / 2);
    }
    let sum = 0;
    for (let k = 0; k < samples; k++) {
      for (let l = 0; l < samples; l++) {
        let squared = 0;
        for (let c = 0; c < d; c++) {
          const x = first.data[at + c] + deviation[c] * noise[k * d + c];
          const y = second.data[at + c] + deviation[d + c] * noise[other + l * d + c];
          squared += (x - y) ** 2;
        }
        sum += 1 / (1 + Math.exp(slope * Math.sqrt(squared) - offset));
      }
    }
    return sum / samples ** 2;
  });
}
