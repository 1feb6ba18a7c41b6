import { type Floats, type Matrix, row } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';

/** One view per row. */
export function rowViews<T extends Floats>(m: Matrix<T>): readonly T[] {
  return Array.from({ length: m.rows }, (_, i) => row(m, i));
}

/** A new b × d matrix of zeros with the columns and element type of `like`. */
export function blankRows<T extends Floats>(like: Matrix<T>, b: number): Matrix<T> {
  const data = new (like.data.constructor as new (length: number) => T)(b * like.cols);
  return { data, rows: b, cols: like.cols };
}

/** b of n rows without replacement, ascending. */
export function drawnRows(random: Random, n: number, b: number): Int32Array {
  return random.sample(n, b).sort();
}

/** target ← the named rows of `source`, in that order. */
export function gather(source: Matrix, rows: ArrayLike<number>, target: Matrix): void {
  const d = source.cols;
  const from = source.data;
  const to = target.data;
  for (let i = 0; i < rows.length; i++) {
    const offset = rows[i] * d;
    for (let c = 0; c < d; c++) to[i * d + c] = from[offset + c];
  }
}

/** The named rows of `target` ← the rows of `source`; says whether any value changed. */
export function scatter(source: Matrix, rows: ArrayLike<number>, target: Matrix): boolean {
  const d = source.cols;
  const from = source.data;
  const to = target.data;
  let changed = false;
  for (let i = 0; i < rows.length; i++) {
    const offset = rows[i] * d;
    for (let c = 0; c < d; c++) {
      const value = from[i * d + c];
      changed ||= to[offset + c] !== value;
      to[offset + c] = value;
    }
  }
  return changed;
}
