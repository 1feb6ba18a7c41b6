import { asFloat32, type Matrix, matrix, toFloat32, zeros64 } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import type { Engine, Work } from '../../../engine/engine.ts';
import { varianceExplained } from '../../../learning/sparse-autoencoder/index.ts';
import { lessRow } from '../../../numerics/rows/centered.ts';
import { unitOrZeroRows } from '../../../numerics/rows/unit-rows.ts';

interface Coding {
  readonly features: number;
  /** Features of a row. */
  readonly k: number;
  readonly origin: Float64Array;
}

/**
 * What as many random directions explain of rows, where each row is coded by pursuit (the direction of the largest product
 * with what is left of the row, k times): the best that sparse codes of a dictionary that knows nothing do easily.
 */
export async function explainedByRandom(
  rows: Matrix,
  { features: m, k, origin }: Coding,
  random: Random,
  engine: Engine,
  work: Work,
): Promise<number> {
  const { rows: n, cols: d } = rows;
  const normals = zeros64(m, d);
  random.normals(normals.data);
  const { points: directions } = unitOrZeroRows(normals);
  const left = lessRow(asFloat32(rows), origin);
  const factor = toFloat32(directions);
  const columns = new Int32Array(n * k);
  const values = new Float64Array(n * k);
  for (let step = 0; step < k; step++) {
    const { indices: best, products } = await engine.largestProducts(left, factor, 1, work);
    for (let i = 0; i < n; i++) {
      const [j, value] = [best[i], products[i]];
      columns[i * k + step] = j;
      values[i * k + step] = value;
      for (let c = 0; c < d; c++) left.data[i * d + c] -= value * factor.data[j * d + c];
    }
  }
  const offsets = Int32Array.from({ length: n + 1 }, (_, i) => i * k);
  const codes = { rows: n, cols: m, offsets, columns, values };
  return varianceExplained({ directions: matrix(directions.data, m, d), origin }, rows, codes);
}
