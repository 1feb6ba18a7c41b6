import { type Matrix, matrix, zeros64 } from '../../../core/matrix.ts';
import { cholesky } from '../../../numerics/decompositions/cholesky.ts';
import { solveTriangular } from '../../../numerics/decompositions/triangular.ts';
import { quadraticProgram } from '../../../numerics/solvers/quadratic-program.ts';
import type { Eigenmoments } from './eigenmoments.ts';

/** Points of [0, 1] at which a spectrum may lie, crowded at 0. */
const POINTS = 60;
/** Share of a variance that keeps its matrix definite, and of the programme’s largest element. */
const RIDGE = 1e-9;

/**
 * The nearest moments, as their covariance measures it, that some spectrum has: of at most so many directions, all
 * in [0, 1]. Estimates need not be such.
 */
export function consistentMoments(moments: Eigenmoments, directions: number): Eigenmoments {
  const { values, unit } = moments;
  const degree = values.length;
  const x = Float64Array.from({ length: POINTS }, (_, i) => ((i + 1) / POINTS) ** 4);
  // Column j: the moments of all directions at x_j; the last: those to be met.
  const columns = zeros64(degree, POINTS + 1);
  for (let p = 0; p < degree; p++) {
    const row = p * (POINTS + 1);
    for (let j = 0; j < POINTS; j++) columns.data[row + j] = directions * unit * x[j] ** (p + 1);
    columns.data[row + POINTS] = values[p];
  }
  const shares = nearestShares(whitened(columns, moments.covariance));
  const fitted = values.map((_, p) =>
    shares.reduce((sum, share, j) => sum + share * columns.data[p * (POINTS + 1) + j], 0),
  );
  return { ...moments, values: fitted };
}

/** L⁻¹ columns, with L Lᵀ the covariance. */
function whitened(columns: Matrix, covariance: Matrix<Float64Array>): Matrix<Float64Array> {
  const degree = covariance.rows;
  // In units of each moment’s own standard error: the moments differ by orders of magnitude.
  const scale = Float64Array.from({ length: degree }, (_, p) =>
    Math.sqrt(covariance.data[p * (degree + 1)]),
  );
  const steady = matrix(
    covariance.data.map((c, at) => {
      const [p, q] = [Math.floor(at / degree), at % degree];
      return c / (scale[p] * scale[q]) + (p === q ? RIDGE : 0);
    }),
    degree,
    degree,
  );
  const scaled = matrix(
    Float64Array.from(columns.data, (value, at) => value / scale[Math.floor(at / columns.cols)]),
    degree,
    columns.cols,
  );
  return solveTriangular(cholesky(steady), scaled, 'lower');
}

/** min ‖Σ_j w_j c_j − c‖², w_j ≥ 0, Σ w_j ≤ 1: c the last of the columns. */
function nearestShares({ data, rows: degree }: Matrix): Float64Array {
  const at = (p: number, j: number) => data[p * (POINTS + 1) + j];
  const quadratic = zeros64(POINTS, POINTS);
  const linear = new Float64Array(POINTS);
  for (let i = 0; i < POINTS; i++) {
    for (let p = 0; p < degree; p++) {
      linear[i] -= at(p, i) * at(p, POINTS);
      for (let j = 0; j < POINTS; j++) quadratic.data[i * POINTS + j] += at(p, i) * at(p, j);
    }
  }
  const size = quadratic.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (let i = 0; i < POINTS; i++) {
    linear[i] /= size;
    for (let j = 0; j < POINTS; j++) quadratic.data[i * POINTS + j] /= size;
    quadratic.data[i * (POINTS + 1)] += RIDGE;
  }
  const rows = zeros64(POINTS + 1, POINTS);
  for (let i = 0; i < POINTS; i++) {
    rows.data[i * (POINTS + 1)] = -1;
    rows.data[POINTS * POINTS + i] = 1;
  }
  const bounds = new Float64Array(POINTS + 1);
  bounds[POINTS] = 1;
  return quadraticProgram({ quadratic, linear, rows, bounds }).x.map((w) => Math.max(0, w));
}
