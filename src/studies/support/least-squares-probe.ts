import { type Matrix, matrix, zeros64 } from '../../core/matrix.ts';
import { cholesky, choleskySolve } from '../../numerics/decompositions/index.ts';
import type { Labeled } from './class-probes.ts';

/** The share of the others whose class has the highest least-squares prediction of the one-hot classes, with an intercept. */
export function leastSquaresProbe(known: Labeled, others: Labeled): number {
  const classes = Math.max(...known.labels) + 1;
  const weights = fitted(known, classes);
  const x = withOnes(others.points);
  const p = x.cols;
  let right = 0;
  for (let i = 0; i < x.rows; i++) {
    let [best, most] = [0, -Infinity];
    for (let j = 0; j < classes; j++) {
      let score = 0;
      for (let c = 0; c < p; c++) score += x.data[i * p + c] * weights.data[c * classes + j];
      if (score > most) [best, most] = [j, score];
    }
    if (best === others.labels[i]) right += 1;
  }
  return right / x.rows;
}

function fitted({ points, labels }: Labeled, classes: number): Matrix<Float64Array> {
  const x = withOnes(points);
  const p = x.cols;
  const gram = zeros64(p, p);
  const moments = zeros64(p, classes);
  for (let i = 0; i < x.rows; i++) {
    for (let a = 0; a < p; a++) {
      const value = x.data[i * p + a];
      moments.data[a * classes + labels[i]] += value;
      for (let b = 0; b <= a; b++) gram.data[a * p + b] += value * x.data[i * p + b];
    }
  }
  for (let a = 0; a < p; a++) {
    for (let b = 0; b < a; b++) gram.data[b * p + a] = gram.data[a * p + b];
    // Columns that depend on others must not stop it.
    gram.data[a * p + a] *= 1 + 1e-9;
  }
  return choleskySolve(cholesky(gram), moments);
}

function withOnes({ data, rows: n, cols: d }: Matrix): Matrix<Float64Array> {
  const out = new Float64Array(n * (d + 1)).fill(1);
  for (let i = 0; i < n; i++) for (let c = 0; c < d; c++) out[i * (d + 1) + c] = data[i * d + c];
  return matrix(out, n, d + 1);
}
