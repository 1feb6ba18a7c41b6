import { type Floats, type Matrix, zeros, zeros64 } from '../../core/matrix.ts';

/** A rows × cols matrix of zeros of the same element type. */
export function zerosOf<T extends Floats>(
  { data }: Matrix<T>,
  rows: number,
  cols: number,
): Matrix<T> {
  return (data instanceof Float64Array ? zeros64(rows, cols) : zeros(rows, cols)) as Matrix<T>;
}

/** Xᵀ, d × n. */
export function transposed<T extends Floats>(m: Matrix<T>): Matrix<T> {
  const out = zerosOf(m, m.cols, m.rows);
  for (let i = 0; i < m.rows; i++) {
    for (let c = 0; c < m.cols; c++) out.data[c * m.rows + i] = m.data[i * m.cols + c];
  }
  return out;
}
