import { type Matrix, rows as rowsOf } from '../../../core/matrix.ts';
import { unitOrZeroRows } from '../../../numerics/rows/unit-rows.ts';
import type { SearchContext } from '../types.ts';
import type { Similarity } from './common-options.ts';

/** Rows as products compare them: of length 1 under the cosine (rows of zeros stay), else themselves. */
export function asCompared(m: Matrix<Float32Array>, similarity: Similarity): Matrix<Float32Array> {
  return similarity === 'cosine' ? unitOrZeroRows(m).points : m;
}

/** ‖x‖² of d numbers from a place on, in float64. */
export function squaredLength(data: Float32Array, from: number, d: number): number {
  let sum = 0;
  for (let c = from; c < from + d; c++) sum += data[c] * data[c];
  return sum;
}

/** The places that are not 0, ascending. */
export function allowedRows(allowed: Uint8Array): Int32Array {
  let count = 0;
  for (const own of allowed) if (own !== 0) count++;
  const places = new Int32Array(count);
  let at = 0;
  for (let i = 0; i < allowed.length; i++) if (allowed[i] !== 0) places[at++] = i;
  return places;
}

/** The scores of rows `from` to `to` of compared points for every query: q × (to − from). */
export async function scoresOf(
  queries: Matrix<Float32Array>,
  points: Matrix<Float32Array>,
  from: number,
  to: number,
  similarity: Similarity,
  { engine, work }: SearchContext,
): Promise<Matrix> {
  const block = rowsOf(points, from, to);
  const products = await engine.matmul(queries, block, true, { signal: work.signal });
  if (similarity !== 'euclidean') return products;
  const d = points.cols;
  const own = Float64Array.from({ length: block.rows }, (_, j) =>
    squaredLength(block.data, j * d, d),
  );
  const out = new Float64Array(products.data.length);
  for (let q = 0; q < queries.rows; q++) {
    const asked = squaredLength(queries.data, q * d, d);
    for (let j = 0; j < block.rows; j++) {
      const at = q * block.rows + j;
      out[at] = -Math.sqrt(Math.max(0, asked + own[j] - 2 * products.data[at]));
    }
  }
  return { data: out, rows: queries.rows, cols: block.rows };
}
