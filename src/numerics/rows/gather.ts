import type { Matrix } from '../../core/matrix.ts';

/** target ← the named rows of `source`, in that order. */
export function gather(source: Matrix, rows: Int32Array, target: Matrix): void {
  for (let i = 0; i < rows.length; i++) copyRow(source, rows[i], target, i);
}

/** The named rows of `target` ← the rows of `source`. */
export function scatter(source: Matrix, rows: Int32Array, target: Matrix): void {
  for (let i = 0; i < rows.length; i++) copyRow(source, i, target, rows[i]);
}

/** By hand: a view of a row takes longer to make than a short row to copy. */
function copyRow(
  { data: from, cols: d }: Matrix,
  i: number,
  { data: to }: Matrix,
  j: number,
): void {
  for (let c = 0; c < d; c++) to[j * d + c] = from[i * d + c];
}
