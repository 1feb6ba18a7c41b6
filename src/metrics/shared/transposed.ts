import { type Floats, type Matrix, zerosLike } from '../../core/matrix.ts';

/** Xᵀ, d × n. */
export function transposed<T extends Floats>(m: Matrix<T>): Matrix<T> {
  const out = zerosLike({ data: m.data, rows: m.cols, cols: m.rows });
  for (let i = 0; i < m.rows; i++) {
    for (let c = 0; c < m.cols; c++) out.data[c * m.rows + i] = m.data[i * m.cols + c];
  }
  return out;
}
