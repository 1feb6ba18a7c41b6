import { type Matrix, matrix, zeros64 } from '../../core/matrix.ts';
import { eigh } from '../decompositions/eigh.ts';
import { rowDot } from '../rows/dot.ts';
import { solvedNormalEquations } from './normal-equations.ts';

/** Numbers observed at some places of a matrix: `values[k]` in row `a[k]` and column `b[k]`. */
export interface ObservedEntries {
  readonly a: ArrayLike<number>;
  readonly b: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** P, m × r and Q, n × r: the matrix is PQᵀ. */
export interface Factors {
  readonly p: Matrix<Float64Array>;
  readonly q: Matrix<Float64Array>;
}

export interface FactorOptions {
  /** λ > 0. */
  readonly ridge: number;
  /** At most so many sweeps. */
  readonly sweeps: number;
  /** Ends where no solve moves its factors by more than this, relative to their length. */
  readonly tolerance: number;
  /** Called once a sweep. */
  readonly tick?: ((sweep: number, moved: number) => Promise<void> | void) | undefined;
}

export interface Factorised extends Factors {
  readonly sweeps: number;
  /** By how much the last solves moved the factors: 0 at a stationary point. */
  readonly moved: number;
}

/**
 * Stationary factors of observed entries, from a start:
 *
 *     min ½ Σ (x_k − ⟨p_{a(k)}, q_{b(k)}⟩)² + λ/2 (‖P‖² + ‖Q‖²)
 *
 * which is the matrix of least ½‖x − X‖² + λ‖X‖_* where the rank suffices. Each sweep solves for P, then for Q, and turns
 * the factors so that PᵀP = QᵀQ (Hastie et al. 2015): that leaves PQᵀ, lowers the penalty, and lets sweeps be few. Rows
 * without entries become 0. O(k·r² + (m + n)·r³) a sweep of k entries.
 */
export async function alternatingLeastSquares(
  entries: ObservedEntries,
  start: Factors,
  { ridge, sweeps, tolerance, tick }: FactorOptions,
): Promise<Factorised> {
  const { a, b, values } = entries;
  const byRow = grouped(a, start.p.rows, b, values);
  const byColumn = grouped(b, start.q.rows, a, values);
  let { p, q } = balanced(start);
  let [sweep, moved] = [0, Infinity];
  while (sweep < sweeps && moved > tolerance) {
    const solvedP = solved(byRow, q, ridge);
    const movedP = distance(solvedP, p);
    ({ p, q } = balanced({ p: solvedP, q }));
    const solvedQ = solved(byColumn, p, ridge);
    moved = Math.max(movedP, distance(solvedQ, q));
    ({ p, q } = balanced({ p, q: solvedQ }));
    sweep += 1;
    await tick?.(sweep, moved);
  }
  return { p, q, sweeps: sweep, moved };
}

/** The entries row by row: row i has those from starts[i] to starts[i + 1] (excluded). */
interface Grouped {
  readonly starts: Int32Array;
  /** The row of the other side of each, and its number. */
  readonly others: Int32Array;
  readonly values: Float64Array;
}

function grouped(
  rows: ArrayLike<number>,
  n: number,
  others: ArrayLike<number>,
  values: ArrayLike<number>,
): Grouped {
  const starts = new Int32Array(n + 1);
  for (let k = 0; k < rows.length; k++) starts[rows[k] + 1] += 1;
  for (let i = 0; i < n; i++) starts[i + 1] += starts[i];
  const next = starts.slice();
  const found = {
    starts,
    others: new Int32Array(rows.length),
    values: new Float64Array(rows.length),
  };
  for (let k = 0; k < rows.length; k++) {
    const at = next[rows[k]]++;
    found.others[at] = others[k];
    found.values[at] = values[k];
  }
  return found;
}

/** Each row by itself: (Σ q qᵀ + λI) p = Σ x q over its entries. */
function solved(
  { starts, others, values }: Grouped,
  { data, cols: r }: Matrix<Float64Array>,
  ridge: number,
): Matrix<Float64Array> {
  const n = starts.length - 1;
  const out = zeros64(n, r);
  const system = new Float64Array(r * r);
  const right = new Float64Array(r);
  for (let i = 0; i < n; i++) {
    if (starts[i] === starts[i + 1]) continue;
    system.fill(0);
    right.fill(0);
    for (let at = starts[i]; at < starts[i + 1]; at++)
      addRow(system, right, data, others[at] * r, values[at]);
    for (let c = 0; c < r; c++) system[c * r + c] += ridge;
    solvedNormalEquations(system, right);
    out.data.set(right, i * r);
  }
  return out;
}

/** A += q qᵀ below the diagonal and on it, b += x q. */
function addRow(a: Float64Array, b: Float64Array, q: Float64Array, from: number, x: number): void {
  const r = b.length;
  for (let c = 0; c < r; c++) {
    const own = q[from + c];
    b[c] += x * own;
    for (let e = 0; e <= c; e++) a[c * r + e] += own * q[from + e];
  }
}

/** ‖X − Y‖/‖X‖; 0 where both are zero. */
function distance(x: Matrix, y: Matrix): number {
  let [gap, size] = [0, 0];
  for (let e = 0; e < x.data.length; e++) {
    gap += (x.data[e] - y.data[e]) ** 2;
    size += x.data[e] ** 2;
  }
  return gap === 0 ? 0 : Math.sqrt(gap / Math.max(size, Number.MIN_VALUE));
}

/** Eigenvalues below this share of the largest are rounding. */
const NULL_SHARE = 1e-14;

/** The factors of the same product with PᵀP = QᵀQ diagonal: those of least length. */
export function balanced({ p, q }: Factors): Factors {
  const r = p.cols;
  const of = eigh(gramOf(p));
  const floor = NULL_SHARE * Math.max(of.values[0], 0);
  const root = powered(of, (x) => (x > floor ? Math.sqrt(x) : 0));
  const inverse = powered(of, (x) => (x > floor ? 1 / Math.sqrt(x) : 0));
  // PQᵀ = U·(root)·Qᵀ with U = P·inverse orthonormal: what is left is to turn r × r.
  const { values, vectors } = eigh(symmetric(times(times(root, gramOf(q)), root)));
  const least = NULL_SHARE * Math.max(values[0], 0);
  const fourth = (x: number) => (x > least ? Math.sqrt(Math.sqrt(x)) : 0);
  const turn = (scaleOf: (x: number) => number) =>
    matrix(
      Float64Array.from({ length: r * r }, (_, e) => {
        const [i, k] = [Math.floor(e / r), e % r];
        return vectors.data[k * r + i] * scaleOf(values[k]);
      }),
      r,
      r,
    );
  return {
    p: times(p, times(inverse, turn(fourth))),
    q: times(
      q,
      times(
        root,
        turn((x) => (x > least ? 1 / fourth(x) : 0)),
      ),
    ),
  };
}

/** f(A) of a symmetric matrix by its eigenvalues. */
export function powered(
  { values, vectors }: { readonly values: Float64Array; readonly vectors: Matrix },
  f: (value: number) => number,
): Matrix<Float64Array> {
  const r = values.length;
  const out = zeros64(r, r);
  values.forEach((value, k) => {
    const scale = f(value);
    for (let i = 0; i < r; i++)
      for (let j = 0; j < r; j++)
        out.data[i * r + j] += scale * vectors.data[k * r + i] * vectors.data[k * r + j];
  });
  return out;
}

/** XᵀX. */
export function gramOf({ data, rows: n, cols: r }: Matrix): Matrix<Float64Array> {
  const out = zeros64(r, r);
  for (let i = 0; i < n; i++)
    for (let a = 0; a < r; a++)
      for (let b = 0; b < r; b++) out.data[a * r + b] += data[i * r + a] * data[i * r + b];
  return out;
}

function symmetric({ data, rows: r }: Matrix<Float64Array>): Matrix<Float64Array> {
  const at = (i: number, j: number) => (data[i * r + j] + data[j * r + i]) / 2;
  return matrix(
    data.map((_, e) => at(Math.floor(e / r), e % r)),
    r,
    r,
  );
}

function times(x: Matrix<Float64Array>, y: Matrix<Float64Array>): Matrix<Float64Array> {
  const out = zeros64(x.rows, y.cols);
  for (let i = 0; i < x.rows; i++)
    for (let k = 0; k < x.cols; k++) {
      const own = x.data[i * x.cols + k];
      for (let j = 0; j < y.cols; j++) out.data[i * y.cols + j] += own * y.data[k * y.cols + j];
    }
  return out;
}

/** x − ⟨p, q⟩ of each entry. */
export function residualsOf({ a, b, values }: ObservedEntries, { p, q }: Factors): Float64Array {
  return Float64Array.from(
    { length: values.length },
    (_, k) => values[k] - rowDot(p, a[k], q, b[k]),
  );
}
