import { gathered, type Matrix, matrix } from '../../core/matrix.ts';
import { meanRow } from '../../metrics/shared/covariance.ts';
import type { Pair, Scatter } from '../contract.ts';
import { centeredRows, DEFAULT_MOST_ROWS } from './pair.ts';
import { mapped, scatterAxes } from './scatter.ts';

/** The covariance of one set of rows, in its eigenvectors. */
export interface Spectrum extends Scatter {
  readonly rows: number;
  readonly mean: Float64Array;
  readonly centered: Matrix;
}

/** Both covariances, Σ = 1/(n − 1) Σ (xᵢ − μ)(xᵢ − μ)ᵀ; rows need not correspond. */
export async function spectraOf(
  pair: Pair,
): Promise<{ readonly a: Spectrum; readonly b: Spectrum }> {
  const of = async (m: Matrix, name: string): Promise<Spectrum> => {
    const rows = thinned(m, pair, name);
    const centered = centeredRows(rows);
    const scatter = await pair.engine.gram(centered, pair.work);
    const data = scatter.data.map((x) => x / Math.max(1, rows.rows - 1));
    const axes = await scatterAxes(matrix(data, m.cols, m.cols), rows.rows, pair.engine.linalg);
    return { ...axes, rows: rows.rows, mean: meanRow(rows), centered };
  };
  return { a: await of(pair.a, 'rows of a'), b: await of(pair.b, 'rows of b') };
}

function thinned(m: Matrix, pair: Pair, name: string): Matrix {
  if (m.rows <= DEFAULT_MOST_ROWS) return m;
  return gathered(m, pair.random(name).sample(m.rows, DEFAULT_MOST_ROWS).sort());
}

/** The rows in the spectrum's axes times `map`: n × cols. */
export function coordinates(
  pair: Pair,
  { centered }: Spectrum,
  map: Matrix<Float64Array>,
): Promise<Matrix> {
  return mapped(centered, map, pair.engine, pair.work);
}
