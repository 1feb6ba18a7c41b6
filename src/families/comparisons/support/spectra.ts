import { gathered, type Matrix } from '../../../core/matrix.ts';
import { centered, meanRow } from '../../../numerics/rows/centered.ts';
import type { Pair, Scatter } from '../types.ts';
import { DEFAULT_MOST_ROWS, oncePerPair } from './pair.ts';
import { mapped, scatterAxes } from './scatter.ts';

/** The covariance of one set of rows, in its eigenvectors. */
export interface Spectrum extends Scatter {
  readonly rows: number;
  readonly mean: Float64Array;
  readonly centered: Matrix;
}

export interface Spectra {
  readonly a: Spectrum;
  readonly b: Spectrum;
}

/** Both covariances, Σ = 1/(n − 1) Σ (xᵢ − μ)(xᵢ − μ)ᵀ; rows need not correspond. */
export const spectraOf = /* @__PURE__ */ oncePerPair(async (pair): Promise<Spectra> => {
  if (pair.paired && pair.n <= DEFAULT_MOST_ROWS) return sharedSpectra(pair);
  const of = async (m: Matrix, name: string): Promise<Spectrum> => {
    const rows = thinned(m, pair, name);
    const middle = centered(rows);
    const scatter = await pair.engine.gram(middle, pair.work);
    return spectrum(
      rows,
      middle,
      await scatterAxes(scatter, rows.rows, pair.engine.linalg, pair.work),
    );
  };
  return { a: await of(pair.a, 'rows of a'), b: await of(pair.b, 'rows of b') };
});

/** From the axes that paired comparisons need as well. */
async function sharedSpectra(pair: Pair): Promise<Spectra> {
  const axes = await pair.axes();
  const centered = pair.centered();
  return {
    a: spectrum(pair.a, centered.a, axes.a),
    b: spectrum(pair.b, centered.b, axes.b),
  };
}

function spectrum(rows: Matrix, centered: Matrix, { values, vectors, total }: Scatter): Spectrum {
  const freedom = Math.max(1, rows.rows - 1);
  return {
    values: values.map((value) => value / freedom),
    vectors,
    total: total / freedom,
    rows: rows.rows,
    mean: meanRow(rows),
    centered,
  };
}

function thinned(m: Matrix, pair: Pair, name: string): Matrix {
  if (m.rows <= DEFAULT_MOST_ROWS) return m;
  return gathered(m, pair.random(name).sample(m.rows, DEFAULT_MOST_ROWS).sort());
}

/** The rows in the spectrum's axes times `map`: n × cols. */
export function coordinates(pair: Pair, { centered }: Spectrum, map: Matrix): Promise<Matrix> {
  return mapped(centered, map, pair.engine, pair.work);
}
