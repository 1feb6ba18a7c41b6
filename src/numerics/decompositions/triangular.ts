import { InputError, ShapeError } from '../../core/errors.ts';
import { type Matrix, zeros64 } from '../../core/matrix.ts';

/** What of T is read, and whether T or its transpose is meant. */
export type TriangularForm = 'lower' | 'upper' | 'lower-transposed' | 'upper-transposed';

/**
 * X with T X = B by substitution, in float64: T n × n triangular, B n × r, X n × r.
 *
 * `form` says which triangle is read, the other one is ignored, and whether Tᵀ X = B is meant.
 * Componentwise backward error of the order of 1e-16·n. Throws `InputError` where the diagonal has a 0.
 */
export function solveTriangular(t: Matrix, b: Matrix, form: TriangularForm): Matrix<Float64Array> {
  const n = t.rows;
  if (n !== t.cols) throw new ShapeError('solveTriangular', 'a square T', `${n} × ${t.cols}`);
  if (n !== b.rows) throw new ShapeError('solveTriangular', `B of ${n} rows`, `${b.rows}`);
  for (let i = 0; i < n; i++) {
    if (t.data[i * n + i] !== 0) continue;
    throw new InputError('solveTriangular', `T is singular: element (${i}, ${i}) is 0.`);
  }
  const transposed = form.endsWith('transposed');
  // Lᵀ is upper: its rows are solved from the last to the first, as those of U.
  const downwards = form === 'lower' || form === 'upper-transposed';
  const x = zeros64(n, b.cols);
  x.data.set(b.data);
  for (let step = 0; step < n; step++) {
    const i = downwards ? step : n - 1 - step;
    const [from, to] = downwards ? [0, i] : [i + 1, n];
    for (let j = from; j < to; j++) {
      subtractRow(x, i, j, transposed ? t.data[j * n + i] : t.data[i * n + j]);
    }
    divideRow(x, i, t.data[i * n + i]);
  }
  return x;
}

/** x_i ← x_i − factor · x_j. */
function subtractRow(
  { data, cols }: Matrix<Float64Array>,
  i: number,
  j: number,
  factor: number,
): void {
  if (factor === 0) return;
  const [to, from] = [i * cols, j * cols];
  for (let c = 0; c < cols; c++) data[to + c] -= factor * data[from + c];
}

function divideRow({ data, cols }: Matrix<Float64Array>, i: number, by: number): void {
  for (let c = i * cols; c < (i + 1) * cols; c++) data[c] /= by;
}
