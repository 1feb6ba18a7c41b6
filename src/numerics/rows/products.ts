import { type Matrix, zeros64 } from '../../core/matrix.ts';

/** X·Xᵀ of n × d rows, n × n, in float64: for few rows; the engine's `matmul` is for many. */
export function productsOf({ data, rows: n, cols: d }: Matrix): Matrix<Float64Array> {
  const out = zeros64(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let c = 0; c < d; c++) sum += data[i * d + c] * data[j * d + c];
      out.data[i * n + j] = sum;
      out.data[j * n + i] = sum;
    }
  }
  return out;
}
