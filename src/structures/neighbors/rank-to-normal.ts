import { type Matrix, zerosLike } from '../../core/matrix.ts';
import { transposed } from '../../core/transposed.ts';
import type { Engine } from '../../engine/engine.ts';
import { normalQuantile } from '../../numerics/laws/normal.ts';
import { centered } from '../../numerics/rows/centered.ts';
import { unitOrAxisRows } from '../../numerics/rows/unit-rows.ts';

/** Columns in which more than this share of the rows have one value keep their values. */
const LARGEST_TIE = 0.5;

/** Rows whose columns follow the normal law, scaled to unit length. */
export interface NormalColumns {
  readonly points: Matrix;
  /** How many columns were left as they are, standardised, because half of their values are equal. */
  readonly kept: number;
}

/**
 * Rank to normal (F-norm): in every column, the value of rank r of n becomes Φ⁻¹((r − ½)/n), equal
 * values their mean rank; then rows are scaled to unit length. A row that became zero gets the first axis.
 */
export async function rankToNormal(points: Matrix, engine: Engine): Promise<NormalColumns> {
  const { rows: n, cols: d } = points;
  const columns = transposed(points);
  const order = await engine.sortRows(columns);
  // Twice the mean rank of a run of equal values is a whole number, so a table has all of them.
  const quantiles = Float64Array.from({ length: 2 * n - 1 }, (_, i) =>
    normalQuantile((i / 2 + 0.5) / n),
  );
  const out = zerosLike(points);
  let kept = 0;
  for (let c = 0; c < d; c++) {
    const values = columns.data.subarray(c * n, (c + 1) * n);
    const sorted = order.subarray(c * n, (c + 1) * n);
    let longest = 0;
    for (let a = 0; a < n; ) {
      let b = a + 1;
      while (b < n && values[sorted[b]] === values[sorted[a]]) b += 1;
      longest = Math.max(longest, b - a);
      const quantile = quantiles[a + b - 1];
      for (let r = a; r < b; r++) out.data[sorted[r] * d + c] = quantile;
      a = b;
    }
    if (longest <= LARGEST_TIE * n) continue;
    kept += 1;
    standardize(values, (i, value) => {
      out.data[i * d + c] = value;
    });
  }
  return { points: unitOrAxisRows('rank-to-normal', out), kept };
}

/** The rows less their mean, scaled to unit length; a row that became zero gets the first axis. */
export function centeredDirections(points: Matrix): Matrix {
  return unitOrAxisRows('centering', centered(points));
}

function standardize(values: ArrayLike<number>, write: (i: number, value: number) => void): void {
  const n = values.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += values[i] / n;
  let variance = 0;
  for (let i = 0; i < n; i++) variance += (values[i] - mean) ** 2 / n;
  const scale = variance > 0 ? 1 / Math.sqrt(variance) : 0;
  for (let i = 0; i < n; i++) write(i, (values[i] - mean) * scale);
}
