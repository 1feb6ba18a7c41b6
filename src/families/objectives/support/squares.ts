import { type Matrix, rows as rowsFrom, zerosLike } from '../../../core/matrix.ts';
import { zerosOf } from '../../../core/transposed.ts';
import type { ObjectiveContext } from '../types.ts';

/** Squared distances at a time: 4 MB in float32, whatever n is. */
const SQUARES = 2 ** 20;

/** The loss of row i, given its squared distances to all rows; `weights`, zeros, become ∂loss/∂(each of them). */
export type LossOfSquares = (i: number, squares: Float64Array, weights: Float64Array) => number;

/**
 * scale · Σᵢ lossOf(i) over functions of the squared distances of row i to all n rows, and its gradient (n × d):
 * three products of n²d, over blocks of rows.
 */
export async function lossOverSquares(
  points: Matrix,
  lossOf: LossOfSquares,
  scale: number,
  gradient: Matrix,
  { engine, signal }: Pick<ObjectiveContext, 'engine' | 'signal'>,
): Promise<number> {
  const { rows: n, cols: d } = points;
  const height = Math.max(1, Math.min(n, Math.floor(SQUARES / n)));
  const room = zerosOf(points, height, n);
  const part = zerosLike(points);
  const norms = squaredNorms(points);
  const squares = new Float64Array(n);
  const weights = new Float64Array(n);
  const own = new Float64Array(n);
  const g = gradient.data.fill(0);
  let loss = 0;
  for (let from = 0; from < n; from += height) {
    const block = rowsFrom(points, from, Math.min(n, from + height));
    const table = rowsFrom(room, 0, block.rows);
    await engine.matmul(block, points, { transposeB: true, out: table }, { signal });
    for (let i = 0; i < block.rows; i++) {
      const row = table.data.subarray(i * n, (i + 1) * n);
      for (let k = 0; k < n; k++) squares[k] = Math.max(0, norms[from + i] + norms[k] - 2 * row[k]);
      weights.fill(0);
      loss += lossOf(from + i, squares, weights);
      for (let k = 0; k < n; k++) {
        const weight = scale * weights[k];
        row[k] = weight;
        own[from + i] += weight;
        own[k] += weight;
      }
    }
    const ahead = rowsFrom(part, 0, block.rows);
    await engine.matmul(table, points, { out: ahead }, { signal });
    for (let e = 0; e < ahead.data.length; e++) g[from * d + e] -= 2 * ahead.data[e];
    await engine.matmul(table, block, { transposeA: true, out: part }, { signal });
    for (let e = 0; e < g.length; e++) g[e] -= 2 * part.data[e];
  }
  const x = points.data;
  for (let i = 0; i < n; i++) {
    for (let e = i * d; e < (i + 1) * d; e++) g[e] += 2 * own[i] * x[e];
  }
  return scale * loss;
}

function squaredNorms({ data: x, rows: n, cols: d }: Matrix): Float64Array {
  const norms = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let squared = 0;
    for (let e = i * d; e < (i + 1) * d; e++) squared += x[e] * x[e];
    norms[i] = squared;
  }
  return norms;
}
