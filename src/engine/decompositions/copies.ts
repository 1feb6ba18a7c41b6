import { type Matrix, zeros64 } from '../../core/matrix.ts';
import { transposeInto } from '../../core/transposed.ts';
import type { Stages, Stored } from './stages.ts';

/** A / scale into `to`. */
export function putRows(stages: Stages, { data, rows, cols }: Matrix, scale: number, to: Stored) {
  const out = stages.memory.doubles(to.address, to.size * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) out[i * to.size + j] = data[i * cols + j] / scale;
  }
}

/** Aᵀ / scale into `to`. */
export function putColumns(stages: Stages, a: Matrix, scale: number, to: Stored): void {
  const out = stages.memory.doubles(to.address, to.size * a.cols);
  transposeInto(a.data, a.rows, a.cols, a.cols, out, to.size, scale);
}

/** The leading n × m of what is stored. */
export function takeRows(stages: Stages, from: Stored, n: number, m: number) {
  const out = zeros64(n, m);
  for (let i = 0; i < n; i++) out.data.set(stages.row(from, i, m), i * m);
  return out;
}

/** The transpose, m × n, of the leading n × m. */
export function takeColumns(stages: Stages, from: Stored, n: number, m: number) {
  const out = zeros64(m, n);
  const data = stages.memory.doubles(from.address, from.size * n);
  transposeInto(data, n, m, from.size, out.data, n, 1);
  return out;
}
