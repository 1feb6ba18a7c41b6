import { alike, type Matrix, matrix } from '../../../core/matrix.ts';
import type { Fitted } from '../../../learning/index.ts';
import { lessRow } from '../../../numerics/rows/centered.ts';
import type { PlaceContext } from '../types.ts';

/** The arrays of y = (x − mean)·axesᵀ. */
export function linearMap(mean: Float64Array, axes: Matrix): Fitted['arrays'] {
  return { mean: matrix(mean, 1, mean.length), axes };
}

/** (x − mean)·axesᵀ of each row: r × d → r × m. */
export function placeLinearly(
  { arrays: { mean, axes } }: Fitted,
  rows: Matrix,
  { engine, work }: PlaceContext,
): Promise<Matrix> {
  const product = engine.matmul(lessRow(rows, mean.data), alike(axes, rows), true, work);
  return Promise.resolve(product);
}
