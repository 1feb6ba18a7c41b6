import { type Matrix, zeros64 } from '../../../core/matrix.ts';

/** A·B of small matrices in float64. */
export function times(a: Matrix, b: Matrix): Matrix<Float64Array> {
  const out = zeros64(a.rows, b.cols);
  for (let i = 0; i < a.rows; i++) {
    for (let t = 0; t < a.cols; t++) {
      const factor = a.data[i * a.cols + t];
      for (let j = 0; j < b.cols; j++) out.data[i * b.cols + j] += factor * b.data[t * b.cols + j];
    }
  }
  return out;
}

/** A·Bᵀ of small matrices in float64. */
export function timesTransposed(a: Matrix, b: Matrix): Matrix<Float64Array> {
  const out = zeros64(a.rows, b.rows);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < b.rows; j++) {
      let sum = 0;
      for (let t = 0; t < a.cols; t++) sum += a.data[i * a.cols + t] * b.data[j * a.cols + t];
      out.data[i * b.rows + j] = sum;
    }
  }
  return out;
}
