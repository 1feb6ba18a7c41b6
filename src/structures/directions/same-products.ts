import type { Matrix } from '../../core/matrix.ts';
import { matrix } from '../../core/matrix.ts';
import type { Engine, Work } from '../../engine/engine.ts';
import { centered } from '../../numerics/rows/centered.ts';
import type { Directions } from './directions.ts';

/**
 * Rows with the inner products that the projections of rows have, n × min(k, d): X·V·√Λ where BᵀB = VΛVᵀ for k > d directions,
 * else the projections themselves. Lengths, angles and all that is told by them are those of the k projections, at a cost
 * that k does not raise. Projections are from 0 on, or less their means.
 */
export async function sameProducts(
  { basis }: Pick<Directions, 'basis'>,
  rows: Matrix,
  isCentered: boolean,
  engine: Engine,
  work?: Work,
): Promise<Matrix> {
  const map = basis.rows <= basis.cols ? transposed(basis) : await root(basis, engine);
  const typed =
    rows.data instanceof Float32Array
      ? matrix(Float32Array.from(map.data), map.rows, map.cols)
      : map;
  return engine.matmul(isCentered ? centered(rows) : rows, typed, false, work);
}

function transposed({ data, rows: k, cols: d }: Matrix<Float64Array>): Matrix<Float64Array> {
  const out = new Float64Array(data.length);
  for (let j = 0; j < k; j++) for (let c = 0; c < d; c++) out[c * k + j] = data[j * d + c];
  return matrix(out, d, k);
}

/** V·√Λ, d × d. */
async function root(
  { data, rows: k, cols: d }: Matrix<Float64Array>,
  engine: Engine,
): Promise<Matrix<Float64Array>> {
  const gram = new Float64Array(d * d);
  for (let j = 0; j < k; j++)
    for (let a = 0; a < d; a++) {
      const value = data[j * d + a];
      for (let b = 0; b < d; b++) gram[a * d + b] += value * data[j * d + b];
    }
  const { values, vectors } = await engine.linalg.eigh(matrix(gram, d, d));
  const out = new Float64Array(d * d);
  for (let e = 0; e < d; e++)
    for (let c = 0; c < d; c++)
      out[c * d + e] = vectors.data[e * d + c] * Math.sqrt(Math.max(0, values[e]));
  return matrix(out, d, d);
}
