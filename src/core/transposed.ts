import { type Floats, type Matrix, zeros, zeros64 } from './matrix.ts';

/** A rows × cols matrix of zeros of the same element type. */
export function zerosOf<T extends Floats>(
  { data }: Matrix<T>,
  rows: number,
  cols: number,
): Matrix<T> {
  return (data instanceof Float64Array ? zeros64(rows, cols) : zeros(rows, cols)) as Matrix<T>;
}

/** Xᵀ, d × n, of the same element type. */
export function transposed<T extends Floats>(m: Matrix<T>): Matrix<T> {
  const out = zerosOf(m, m.cols, m.rows);
  transposeInto(m.data, m.rows, m.cols, m.cols, out.data, m.rows, 1);
  return out;
}

/** Side of the squares that a transposition takes, so that both sides stay in the nearest cache. */
const SQUARE = 16;

/** to[j · toStride + i] = from[i · fromStride + j] / divisor for i < rows, j < cols. */
export function transposeInto(
  from: Floats,
  rows: number,
  cols: number,
  fromStride: number,
  to: Floats,
  toStride: number,
  divisor: number,
): void {
  for (let top = 0; top < rows; top += SQUARE) {
    const bottom = Math.min(rows, top + SQUARE);
    for (let left = 0; left < cols; left += SQUARE) {
      const right = Math.min(cols, left + SQUARE);
      for (let i = top; i < bottom; i++) {
        for (let j = left; j < right; j++) {
          to[j * toStride + i] = from[i * fromStride + j] / divisor;
        }
      }
    }
  }
}
