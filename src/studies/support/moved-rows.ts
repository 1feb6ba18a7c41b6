import { type Matrix, matrix, row } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';

type Told = readonly [rows: Matrix, probabilities: Float64Array];

/** From each row to the mean of the known rows that are told to be of its class: of the second where its probability is above ½. */
export function distancesToMeans([known, before]: Told, [asked, after]: Told): Float64Array {
  const d = known.cols;
  const means = [new Float64Array(d), new Float64Array(d)];
  const counts = [0, 0];
  for (let i = 0; i < known.rows; i++) {
    const own = before[i] > 0.5 ? 1 : 0;
    counts[own] += 1;
    for (let c = 0; c < d; c++) means[own][c] += known.data[i * d + c];
  }
  return after.map((x, i) => {
    const own = x > 0.5 ? 1 : 0;
    let squares = 0;
    for (let c = 0; c < d; c++)
      squares += (asked.data[i * d + c] - means[own][c] / counts[own]) ** 2;
    return Math.sqrt(squares);
  });
}

/** The root of the mean squared length of rows less their mean. */
export function spreadOf({ data, rows: n, cols: d }: Matrix): number {
  const mean = new Float64Array(d);
  for (let e = 0; e < data.length; e++) mean[e % d] += data[e] / n;
  let squares = 0;
  for (let e = 0; e < data.length; e++) squares += (data[e] - mean[e % d]) ** 2;
  return Math.sqrt(squares / n);
}

/** Normal directions of length 1, one a row. */
export function noiseLike({ rows: n, cols: d }: Matrix, random: Random): Matrix {
  const out = matrix(new Float64Array(n * d), n, d);
  random.normals(out.data);
  for (let i = 0; i < n; i++) {
    const own = row(out, i);
    let squares = 0;
    for (const x of own) squares += x * x;
    for (let c = 0; c < d; c++) own[c] /= Math.sqrt(squares);
  }
  return out;
}

/** Each row so far along its direction. */
export function movedAlong(
  { data, rows, cols }: Matrix,
  directions: Matrix,
  length: number,
): Matrix {
  const changed = Float32Array.from(data, (x, e) => x + length * directions.data[e]);
  return matrix(changed, rows, cols);
}

/** Distance to the last layer's crossing, whichever side. */
export const lastMargins = ({ data, rows, cols }: Matrix) =>
  Float64Array.from({ length: rows }, (_, i) => Math.abs(data[(i + 1) * cols - 1]));
