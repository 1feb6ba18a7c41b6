import type { Matrix } from '../../core/matrix.ts';
import { meanRow } from '../../numerics/rows/centered.ts';
import { squaredNorm } from '../../numerics/rows/dot.ts';

type Columns = (column: number) => boolean;

const ALL: Columns = () => true;

/** Σ‖xᵢ − x̄‖² over the columns for which `use` says so: what tells the rows apart. */
export function spreadEnergy(m: Matrix, use: Columns = ALL): number {
  const middle = meanRow(m);
  let sum = 0;
  for (let i = 0; i < m.rows; i++) {
    for (let c = 0; c < m.cols; c++) {
      if (use(c)) sum += (m.data[i * m.cols + c] - middle[c]) ** 2;
    }
  }
  return sum;
}

/** Root mean square distance of a row from the mean row, over the root mean square length; 0 for zeros. */
export function spreadShare(m: Matrix): number {
  const size = squaredNorm(m.data);
  return size > 0 ? Math.sqrt(spreadEnergy(m) / size) : 0;
}

/**
 * Σ‖bᵢ − sᵢaᵢ‖²/Σ‖bᵢ − b̄‖² with the best factor sᵢ of each row: 0 where B is A up to the lengths of
 * rows, near 2 or 1 for unrelated rows however far both lie off the origin, ∞ where B is constant.
 */
export function restOfSpread(a: Matrix, b: Matrix, use: Columns = ALL): number {
  const columns = Array.from({ length: Math.min(a.cols, b.cols) }, (_, c) => c).filter(use);
  let rest = 0;
  for (let i = 0; i < a.rows; i++) {
    let [aa, ab, bb] = [0, 0, 0];
    for (const c of columns) {
      const [x, y] = [a.data[i * a.cols + c], b.data[i * b.cols + c]];
      aa += x * x;
      ab += x * y;
      bb += y * y;
    }
    if (aa === 0) rest += bb;
    else {
      const factor = ab / aa;
      for (const c of columns) {
        rest += (b.data[i * b.cols + c] - factor * a.data[i * a.cols + c]) ** 2;
      }
    }
  }
  const spread = spreadEnergy(b, (c) => c < a.cols && use(c));
  return spread > 0 ? rest / spread : Infinity;
}

export const REST =
  'what is left of B’s spread about its mean when each row of A, times a factor of its own, is taken off';

/** ‖b_j − a_i‖. */
export function gapOf(a: Matrix, i: number, b: Matrix, j: number): number {
  let sum = 0;
  for (let c = 0; c < a.cols; c++) sum += (b.data[j * b.cols + c] - a.data[i * a.cols + c]) ** 2;
  return Math.sqrt(sum);
}

/** Rows by number: "row 3", "rows 1, 104 and 149", "rows 1, 5, 9, 13, 17, …". */
export function rowsNamed(rows: readonly number[], most = 5): string {
  if (rows.length === 1) return `row ${rows[0]}`;
  if (rows.length > most) return `rows ${rows.slice(0, most).join(', ')}, …`;
  return `rows ${rows.slice(0, -1).join(', ')} and ${rows[rows.length - 1]}`;
}
