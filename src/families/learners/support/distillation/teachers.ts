import { type Matrix, zeros64 } from '../../../../core/matrix.ts';
import { unitRows } from '../../../../core/rows.ts';

/** The rows of several teachers as one: each at length 1, side by side, and the whole at length 1. */
export function jointTeacher(where: string, teachers: readonly Matrix[]): Matrix<Float64Array> {
  const [{ rows: n }] = teachers;
  const out = zeros64(
    n,
    teachers.reduce((sum, { cols }) => sum + cols, 0),
  );
  const share = 1 / Math.sqrt(teachers.length);
  let at = 0;
  for (const teacher of teachers) {
    const { data, cols } = unitRows(where, teacher).points;
    for (let i = 0; i < n; i++)
      for (let c = 0; c < cols; c++) out.data[i * out.cols + at + c] = share * data[i * cols + c];
    at += cols;
  }
  return out;
}

/** The products of rows of a matrix, b × b. */
export function productsAmong({ data, cols: d }: Matrix, rows: Int32Array): Float64Array {
  const b = rows.length;
  const out = new Float64Array(b * b);
  for (let i = 0; i < b; i++) {
    const own = data.subarray(rows[i] * d, (rows[i] + 1) * d);
    for (let j = 0; j <= i; j++) {
      const from = rows[j] * d;
      let sum = 0;
      for (let c = 0; c < d; c++) sum += own[c] * data[from + c];
      out[i * b + j] = sum;
      out[j * b + i] = sum;
    }
  }
  return out;
}
