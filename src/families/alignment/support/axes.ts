import { alike, type Floats, type Matrix, matrix, zerosLike } from '../../../core/matrix.ts';
import { lessRow, meanRow } from '../../../numerics/rows/centered.ts';
import type { FitContext } from '../types.ts';

/** Eigenvalues below this share of the largest are rounding. */
const ROUNDING = 1e-12;

/** Rows about their mean, along the axes on which they vary. */
export interface Axes {
  readonly mean: Float64Array;
  /** The rows less their mean, p × d. */
  readonly centered: Matrix;
  /** Σ squares along each axis, largest first, r of them. */
  readonly values: Float64Array;
  /** r × d, unit rows. */
  readonly vectors: Matrix<Float64Array>;
}

export async function axesOf(
  points: Matrix,
  { engine, work }: Pick<FitContext, 'engine' | 'work'>,
): Promise<Axes> {
  const mean = meanRow(points);
  const centered = lessRow(points, mean);
  const { values, vectors } = await engine.linalg.eigh(await engine.gram(centered, work), work);
  const rank = Math.max(1, values.filter((value) => value > ROUNDING * values[0]).length);
  return {
    mean,
    centered,
    values: values.slice(0, rank),
    vectors: matrix(vectors.data.slice(0, rank * points.cols), rank, points.cols),
  };
}

/** Each row times its factor. */
export function scaledRows<T extends Floats>(m: Matrix<T>, factors: ArrayLike<number>): Matrix<T> {
  const out = zerosLike(m);
  for (let e = 0; e < out.data.length; e++)
    out.data[e] = m.data[e] * factors[Math.floor(e / m.cols)];
  return out;
}

/** The first k columns. */
export function firstColumns<T extends Floats>(m: Matrix<T>, k: number): Matrix<T> {
  const { data, rows: n, cols: d } = m;
  const out = new (data.constructor as new (n: number) => T)(n * k);
  for (let i = 0; i < n; i++) out.set(data.subarray(i * d, i * d + k), i * k);
  return { data: out, rows: n, cols: k };
}

/** The rows along the axes, p × r. */
export function alongAxes(
  { centered, vectors }: Axes,
  { engine, work }: Pick<FitContext, 'engine' | 'work'>,
) {
  return engine.matmul(centered, alike(vectors, centered), { transposeB: true }, work);
}
