import { type Matrix, matrix, zeros64 } from '../../core/matrix.ts';
import type { StudyContext } from '../define.ts';

/** The rows at length 1; a row of zeros stays. */
export function unitLength({ data, rows: n, cols: d }: Matrix): Matrix<Float64Array> {
  const out = Float64Array.from(data);
  for (let i = 0; i < n; i++) {
    const length = Math.hypot(...out.subarray(i * d, (i + 1) * d));
    for (let c = 0; c < d; c++) out[i * d + c] /= length || 1;
  }
  return matrix(out, n, d);
}

/** Projects rows onto the first `dim` principal axes of `fit`. */
export async function principalComponents(
  fit: Matrix,
  dim: number,
  { engine, signal }: Pick<StudyContext, 'engine' | 'signal'>,
): Promise<(points: Matrix) => Matrix<Float64Array>> {
  const { rows: n, cols: d } = fit;
  const mean = new Float64Array(d);
  for (let i = 0; i < n; i++) for (let c = 0; c < d; c++) mean[c] += fit.data[i * d + c] / n;
  const centered = zeros64(n, d);
  for (let e = 0; e < n * d; e++) centered.data[e] = fit.data[e] - mean[e % d];
  const { v } = await engine.linalg.svd(centered, { signal });
  const axes = Array.from({ length: dim }, (_, k) =>
    Float64Array.from({ length: d }, (_, c) => v.data[c * v.cols + k]),
  );
  return ({ data, rows }) => {
    const out = zeros64(rows, dim);
    for (let i = 0; i < rows; i++)
      for (let k = 0; k < dim; k++) {
        let sum = 0;
        for (let c = 0; c < d; c++) sum += (data[i * d + c] - mean[c]) * axes[k][c];
        out.data[i * dim + k] = sum;
      }
    return out;
  };
}

/** What is left of rows that are stored in a byte a number: each row's largest number becomes ±127. */
export function throughBytes({ data, rows: n, cols: d }: Matrix): Matrix<Float64Array> {
  const out = new Float64Array(n * d);
  for (let i = 0; i < n; i++) {
    let largest = 0;
    for (let c = 0; c < d; c++) largest = Math.max(largest, Math.abs(data[i * d + c]));
    const step = largest / 127 || 1;
    for (let c = 0; c < d; c++) out[i * d + c] = Math.round(data[i * d + c] / step) * step;
  }
  return matrix(out, n, d);
}

/** The mean distance of two different rows. */
export function meanDistance({ data, rows: n, cols: d }: Matrix): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      let squared = 0;
      for (let c = 0; c < d; c++) squared += (data[i * d + c] - data[j * d + c]) ** 2;
      sum += Math.sqrt(squared);
    }
  }
  return (2 * sum) / (n * (n - 1));
}

/** Share of the asked rows with the largest product with the mean of their class among known rows. */
export function accuracyByMeans(
  known: Matrix,
  knownClasses: Int32Array,
  asked: Matrix,
  askedClasses: Int32Array,
): number {
  const d = known.cols;
  const names = [...new Set(knownClasses)];
  const placeOf = new Map(names.map((name, place) => [name, place]));
  const sums = new Float64Array(names.length * d);
  const counts = new Int32Array(names.length);
  knownClasses.forEach((own, i) => {
    const place = placeOf.get(own) ?? 0;
    counts[place] += 1;
    for (let c = 0; c < d; c++) sums[place * d + c] += known.data[i * d + c];
  });
  let right = 0;
  askedClasses.forEach((own, i) => {
    let [best, most] = [-1, -Infinity];
    for (let place = 0; place < names.length; place++) {
      let product = 0;
      for (let c = 0; c < d; c++) product += asked.data[i * d + c] * sums[place * d + c];
      if (product / counts[place] > most) [best, most] = [place, product / counts[place]];
    }
    if (names[best] === own) right += 1;
  });
  return right / askedClasses.length;
}
