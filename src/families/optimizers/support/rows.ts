import type { Floats, Matrix } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';

/** A new b × d matrix of zeros with the columns and element type of `like`. */
export function blankRows<T extends Floats>(like: Matrix<T>, b: number): Matrix<T> {
  const data = new (like.data.constructor as new (length: number) => T)(b * like.cols);
  return { data, rows: b, cols: like.cols };
}

/** b of n rows without replacement, ascending; where rows have partners, each with its partner while there is room. */
export function drawnRows(random: Random, n: number, b: number, partners?: Int32Array): Int32Array {
  const drawn = random.sample(n, b);
  if (!partners) return drawn.sort();
  const taken = new Set<number>();
  for (const row of drawn) {
    if (taken.size < b) taken.add(row);
    if (taken.size < b && partners[row] >= 0) taken.add(partners[row]);
  }
  return Int32Array.from(taken).sort();
}

/** Whether the named rows of `target` differ anywhere from the rows of `source`. */
export function differ(source: Matrix, rows: Int32Array, target: Matrix): boolean {
  const d = source.cols;
  for (let i = 0; i < rows.length; i++) {
    for (let c = 0; c < d; c++) {
      if (source.data[i * d + c] !== target.data[rows[i] * d + c]) return true;
    }
  }
  return false;
}
