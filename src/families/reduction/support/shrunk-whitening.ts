import { InputError } from '../../../core/errors.ts';
import { alike, type Matrix, zeros64 } from '../../../core/matrix.ts';
import { rowNorms } from '../../../core/rows.ts';
import type { Engine, Work } from '../../../engine/engine.ts';
import { lessRow, meanRow } from '../../../numerics/rows/centered.ts';

/** Coordinates in which rows have mean 0 and, but for the shrinkage, covariance I: w = axes·(x − mean). */
export interface Whitening {
  readonly mean: Float64Array;
  /** r × d, r the number of directions in which the rows vary. */
  readonly axes: Matrix<Float64Array>;
  /** n × r. */
  readonly rows: Matrix;
  /** Share of the mean variance in the covariance, 0 to 1. */
  readonly shrinkage: number;
}

/** Variances below this share of the largest are rounding. */
const NONE = 1e-11;

/**
 * Rows whitened by (1 − ρ)S + ρ·tr S/d·I with S their covariance and ρ as many times what Ledoit and Wolf (2004) find
 * best for rows drawn from one law, at most 1. Directions without variance are left out.
 */
export async function shrunkWhitening(
  id: string,
  points: Matrix,
  times: number,
  engine: Engine,
  work: Work,
): Promise<Whitening> {
  const { rows: n, cols: d } = points;
  const mean = meanRow(points);
  const middle = lessRow(points, mean);
  const gram = await engine.gram(middle, work);
  const { values, vectors } = await engine.linalg.eigh(gram, work);
  const variances = values.map((value) => Math.max(0, value / n));
  const level = variances.reduce((sum, value) => sum + value, 0) / d;
  if (!(level > 0)) throw new InputError(id, `expected rows that differ; all ${n} are the same.`);
  const shrinkage = Math.min(1, times * bestShrinkage(variances, level, middle));
  const shrunk = variances.map((value) => (1 - shrinkage) * value + shrinkage * level);
  const r = variances.filter((value) => value > NONE * variances[0]).length;
  const axes = zeros64(r, d);
  for (let e = 0; e < r * d; e++)
    axes.data[e] = vectors.data[e] / Math.sqrt(shrunk[Math.floor(e / d)]);
  const rows = await engine.matmul(middle, alike(axes, middle), { transposeB: true }, work);
  return { mean, axes, rows, shrinkage };
}

/** The error of S as an estimate over its distance from a multiple of I. */
function bestShrinkage(variances: Float64Array, level: number, middle: Matrix): number {
  const n = middle.rows;
  let squares = 0;
  for (const value of variances) squares += value * value;
  let fourth = 0;
  for (const norm of rowNorms(middle)) fourth += norm ** 4 / n;
  const distance = squares - variances.length * level * level;
  if (!(distance > 0)) return 0;
  return Math.min(1, Math.max(0, (fourth - squares) / n / distance));
}
