import { type Matrix, zerosLike } from '../../../core/matrix.ts';
import type { Engine } from '../../../engine/engine.ts';
import { centered } from '../../../numerics/rows/centered.ts';
import { rowDot } from '../../../numerics/rows/dot.ts';
import { principalAxes } from '../../../structures/spectra/principal-axes.ts';

/**
 * "All but the top": centered rows less their part in the k leading principal axes (Mu, Viswanath,
 * *All-but-the-top*, 2018, arXiv:1702.01417).
 */
export async function withoutTopComponents(
  points: Matrix,
  k: number,
  engine: Engine,
): Promise<Matrix> {
  const out = centered(points);
  const { vectors } = await principalAxes(out, k, engine);
  const { data: x, rows: n, cols: d } = out;
  for (let i = 0; i < n; i++) {
    for (let a = 0; a < k; a++) {
      const along = rowDot(out, i, vectors, a);
      for (let c = 0; c < d; c++) x[i * d + c] -= along * vectors.data[a * d + c];
    }
  }
  return out;
}

/** Centered rows in principal axes, each divided by its standard deviation: covariance 1. */
export async function whitened(points: Matrix, engine: Engine): Promise<Matrix> {
  const middle = centered(points);
  const { values, vectors } = await principalAxes(middle, middle.cols, engine);
  const { rows: n, cols: d } = middle;
  const out = zerosLike(middle);
  for (let i = 0; i < n; i++) {
    for (let a = 0; a < d; a++) {
      // An axis without variance carries no information; dividing by it would only make noise.
      if (values[a] <= values[0] * 1e-12) continue;
      out.data[i * d + a] = rowDot(middle, i, vectors, a) / Math.sqrt(values[a]);
    }
  }
  return out;
}
