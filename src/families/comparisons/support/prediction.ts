import { gathered, type Matrix, matrix, zeros64 } from '../../../core/matrix.ts';
import { transposed } from '../../../core/transposed.ts';
import { lassoPath, leastSquares } from '../../../numerics/solvers/lasso-path.ts';
import { meanEstimate } from '../../../numerics/statistics/intervals.ts';
import type { Pair, PairInput, Scatters } from '../types.ts';
import { mapped, scaledBy, scattersOf } from './scatter.ts';

import { inverseLengths } from './units.ts';

/** Squared errors of the predicted columns, and of their mean, on rows that were not fitted: n × dB each. */
export interface Errors {
  readonly left: Matrix<Float64Array>;
  readonly total: Matrix<Float64Array>;
}

export interface Predicted {
  /** Mean of R² = 1 − Σ left/Σ total over the columns that vary; NaN where none does. */
  readonly value: number;
  readonly standardError: number;
  /** R² of each column of B; NaN where it does not vary. */
  readonly columns: Float64Array;
}

/** R² of each column and of all, with the influence of each row. */
export function predicted({ left, total }: Errors): Predicted {
  const [n, d] = [left.rows, left.cols];
  const sums = { left: new Float64Array(d), total: new Float64Array(d) };
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < d; j++) {
      sums.left[j] += left.data[i * d + j];
      sums.total[j] += total.data[i * d + j];
    }
  }
  const columns = sums.left.map((sum, j) => (sums.total[j] > 0 ? 1 - sum / sums.total[j] : NaN));
  const varied = Array.from(columns.keys()).filter((j) => sums.total[j] > 0);
  const influence = new Float64Array(n);
  for (const j of varied) {
    const weight = n / sums.total[j] / varied.length;
    for (let i = 0; i < n; i++) {
      const at = i * d + j;
      influence[i] += weight * ((1 - columns[j]) * total.data[at] - left.data[at]);
    }
  }
  const value = varied.reduce((sum, j) => sum + columns[j] / varied.length, 0);
  return {
    value: varied.length > 0 ? value : NaN,
    standardError: meanEstimate(influence).standardError,
    columns,
  };
}

/** Unit vectors that span the centred rows of A, and what row i weighs in its own prediction. */
export interface Projection {
  /** n × r. */
  readonly basis: Matrix;
  /** 1/n + Σ_k basis², n. */
  readonly leverage: Float64Array;
}

/** Undefined where every row is predicted by itself: as many directions as rows less one. */
export async function projectionOf(pair: Pair): Promise<Projection | undefined> {
  const { a } = await pair.axes();
  const r = a.values.length;
  const n = pair.n;
  if (r >= n - 1) return undefined;
  const toBasis = scaledBy(
    transposed(a.vectors),
    null,
    a.values.map((value) => 1 / Math.sqrt(value)),
  );
  const basis =
    r === 0 ? zeros64(n, 0) : await mapped(pair.centered().a, toBasis, pair.engine, pair.work);
  const leverage = Float64Array.from({ length: n }, (_, i) => {
    let sum = 1 / n;
    for (let k = 0; k < r; k++) sum += basis.data[i * r + k] ** 2;
    return sum;
  });
  return { basis, leverage };
}

/** A row that has a direction of A to itself is predicted by the mean: 1 − h is rounding. */
const ALONE = 1e-5;

/** Of least squares on all columns of A, each row left out in turn: e/(1 − h), and (y − ȳ)/(1 − 1/n). */
export async function errorsLeftOut(
  { basis, leverage }: Projection,
  b: Matrix,
  { engine, work }: Pair,
): Promise<Errors> {
  const [n, d] = [b.rows, b.cols];
  const fitted =
    basis.cols === 0
      ? zeros64(n, d)
      : await engine.matmul(
          basis,
          await engine.matmul(transposedLike(basis), transposedLike(b), true, work),
          false,
          work,
        );
  const left = zeros64(n, d);
  const total = zeros64(n, d);
  for (let i = 0; i < n; i++) {
    const own = 1 - leverage[i];
    for (let j = 0; j < d; j++) {
      const at = i * d + j;
      total.data[at] = (b.data[at] / (1 - 1 / n)) ** 2;
      left.data[at] = own > ALONE ? ((b.data[at] - fitted.data[at]) / own) ** 2 : total.data[at];
    }
  }
  return { left, total };
}

function transposedLike(m: Matrix): Matrix {
  const out = transposed(m);
  return m.data instanceof Float64Array
    ? out
    : matrix(Float32Array.from(out.data), out.rows, out.cols);
}

/** Two halves of the rows, dealt at random: each is predicted from what the other is fitted to. */
export interface Halves {
  readonly first: Int32Array;
  readonly second: Int32Array;
}

/**
 * Each column of B from at most `most` columns of A: chosen by the lasso on one half of the rows, fitted there by
 * least squares, and tried on the other; both ways.
 */
export async function sparseErrors(
  input: PairInput,
  { first, second }: Halves,
  most: number,
  { engine, work }: Pair,
): Promise<Errors> {
  const [n, d] = [input.b.rows, input.b.cols];
  const errors = { left: zeros64(n, d), total: zeros64(n, d) };
  for (const [fit, test] of [
    [first, second],
    [second, first],
  ]) {
    const a = standardisedBy(gathered(input.a, fit));
    const b = standardisedBy(gathered(input.b, fit));
    const scatters = await scattersOf({ a: a.rows, b: b.rows }, engine, work);
    const maps = sparseMaps(scatters, most);
    const tried = { a: a.of(gathered(input.a, test)), b: b.of(gathered(input.b, test)) };
    for (const [r, row] of test.entries()) {
      for (let j = 0; j < d; j++) {
        const y = tried.b.data[r * d + j];
        const { columns, weights } = maps[j];
        let e = y;
        for (let c = 0; c < columns.length; c++)
          e -= weights[c] * tried.a.data[r * tried.a.cols + columns[c]];
        const scale = b.deviations[j];
        errors.left.data[row * d + j] = (scale * e) ** 2;
        errors.total.data[row * d + j] = (scale * y) ** 2;
      }
    }
  }
  return errors;
}

/** Rows less their mean, by their standard deviation; the same for other rows. Constant columns become 0. */
function standardisedBy(rows: Matrix) {
  const [n, d] = [rows.rows, rows.cols];
  const mean = new Float64Array(d);
  const deviations = new Float64Array(d);
  for (let i = 0; i < n; i++) for (let c = 0; c < d; c++) mean[c] += rows.data[i * d + c] / n;
  for (let i = 0; i < n; i++)
    for (let c = 0; c < d; c++) deviations[c] += (rows.data[i * d + c] - mean[c]) ** 2 / n;
  for (let c = 0; c < d; c++) deviations[c] = varies(rows, c) ? Math.sqrt(deviations[c]) : 0;
  const of = (m: Matrix): Matrix => {
    const data = m.data.slice();
    for (let at = 0; at < data.length; at++) {
      const c = at % d;
      data[at] = deviations[c] > 0 ? (data[at] - mean[c]) / deviations[c] : 0;
    }
    return { data, rows: m.rows, cols: d };
  };
  return { rows: of(rows), of, deviations };
}

/** By equality: the mean of equal values is not free of rounding. */
function varies({ data, rows, cols }: Matrix, c: number): boolean {
  for (let i = 1; i < rows; i++) if (data[i * cols + c] !== data[c]) return true;
  return false;
}

/** For each column of B, which columns of A, and their weights. */
function sparseMaps({ a, b, cross }: Scatters, most: number) {
  const scale = inverseLengths(b);
  return Array.from({ length: cross.cols }, (_, j) => {
    const own = Float64Array.from(
      { length: cross.rows },
      (_v, i) => cross.data[i * cross.cols + j],
    );
    if (scale[j] === 0) return { columns: [], weights: new Float64Array(0) };
    const columns = lassoPath(a, own, most).active;
    return { columns, weights: leastSquares(a, own, columns) ?? new Float64Array(columns.length) };
  });
}
