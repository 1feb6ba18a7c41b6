import { alike, type Matrix, zeros64 } from '../../../core/matrix.ts';
import { exp } from '../../../core/numeric.ts';
import type { Fitted } from '../../../learning/index.ts';
import type { PlaceContext } from '../types.ts';

/**
 * Each row at the mean of the places of its k nearest fitted rows, weighed by e^(−d/scale); a row that is equal to a fitted
 * one lies where that lies.
 */
export async function placedByStrengths(
  { settings, arrays: { rows, layout } }: Fitted,
  queries: Matrix,
  { engine, work }: PlaceContext,
): Promise<Matrix> {
  const { neighbors, scale } = settings as Readonly<Record<'neighbors' | 'scale', number>>;
  const { indices, distances, k } = await engine.nearestAmong(
    queries,
    alike(rows, queries),
    Math.min(neighbors, rows.rows),
    work,
  );
  const m = layout.cols;
  const out = zeros64(queries.rows, m);
  for (let q = 0; q < queries.rows; q++) {
    const nearest = distances[q * k];
    const last = nearest === 0 ? 1 : k;
    let total = 0;
    for (let r = 0; r < last; r++) {
      const weight = exp((nearest - distances[q * k + r]) / scale);
      total += weight;
      const from = indices[q * k + r] * m;
      for (let c = 0; c < m; c++) out.data[q * m + c] += weight * layout.data[from + c];
    }
    for (let c = 0; c < m; c++) out.data[q * m + c] /= total;
  }
  return alike(out, queries);
}
