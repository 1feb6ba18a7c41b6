import { type Floats, type Matrix, matrix, zeros64, zerosLike } from '../../core/matrix.ts';

/** 1/n Σ xᵢ, in float64; four rows at a time, added in their order. */
export function meanRow({ data, rows: n, cols: d }: Matrix): Float64Array {
  const mean = new Float64Array(d);
  let i = 0;
  for (; i + 3 < n; i += 4) {
    const [p, q, r, s] = [i * d, (i + 1) * d, (i + 2) * d, (i + 3) * d];
    for (let c = 0; c < d; c++)
      mean[c] = mean[c] + data[p + c] + data[q + c] + data[r + c] + data[s + c];
  }
  for (; i < n; i++) for (let c = 0; c < d; c++) mean[c] += data[i * d + c];
  return mean.map((sum) => sum / n);
}

/** The rows less their mean, n × d. */
export function centered<T extends Floats>(m: Matrix<T>): Matrix<T> {
  return lessRow(m, meanRow(m));
}

/** Every row less one row, n × d. */
export function lessRow<T extends Floats>(m: Matrix<T>, row: ArrayLike<number>): Matrix<T> {
  const { data, rows: n, cols: d } = m;
  const out = zerosLike(m);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < d; c++) out.data[i * d + c] = data[i * d + c] - row[c];
  }
  return out;
}

/** The rows less their mean, over the root of their mean squared length then; equal rows become rows of zeros. */
export function standardized<T extends Floats>(m: Matrix<T>): Matrix<T> {
  const middle = centered(m);
  const { data, rows: n } = middle;
  let [largest, squares] = [0, 0];
  for (const x of data) largest = Math.max(largest, Math.abs(x));
  // Relative to the largest value: squares may overflow.
  for (const x of data) squares += (x / largest) ** 2;
  const scale = largest * Math.sqrt(squares / n);
  if (!(scale > 0)) return middle;
  for (let e = 0; e < data.length; e++) data[e] /= scale;
  return middle;
}

/** XᵀX of the centred rows from that of n rows with this mean: XᵀX − nμμᵀ. */
export function centeredGram(
  { data, rows, cols: d }: Matrix<Float64Array>,
  n: number,
  mean: Float64Array,
): Matrix<Float64Array> {
  const products = new Float64Array(data.length);
  for (let a = 0; a < rows; a++) {
    for (let b = 0; b < d; b++) products[a * d + b] = data[a * d + b] - n * mean[a] * mean[b];
  }
  return matrix(products, rows, d);
}

/** XXᵀ of the centred rows from that of n rows: (I − 11ᵀ/n) XXᵀ (I − 11ᵀ/n). */
export function doublyCentered({ data, rows: n }: Matrix<Float64Array>): Matrix<Float64Array> {
  const means = new Float64Array(n);
  let mean = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) means[i] += data[i * n + j] / n;
    mean += means[i] / n;
  }
  const out = zeros64(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) out.data[i * n + j] = data[i * n + j] - means[i] - means[j] + mean;
  }
  return out;
}
