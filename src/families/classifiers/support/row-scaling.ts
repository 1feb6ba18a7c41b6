import { alike, type Matrix, matrix } from '../../../core/matrix.ts';
import { lessRow, meanRow } from '../../../numerics/rows/centered.ts';

/** Rows less their mean, times one number: 1 × d and 1 × 1. */
export interface RowScaling {
  readonly center: Matrix;
  readonly scale: Matrix;
}

/** The scaling that brings the mean to 0 and the mean square of a number to 1; constant rows keep their size. */
export function rowScaling(points: Matrix): RowScaling {
  const mean = meanRow(points);
  let squares = 0;
  for (let e = 0; e < points.data.length; e++)
    squares += (points.data[e] - mean[e % points.cols]) ** 2;
  const scale = squares > 0 ? Math.sqrt(points.data.length / squares) : 1;
  return { center: matrix(mean, 1, points.cols), scale: matrix(Float64Array.of(scale), 1, 1) };
}

/** The rows as the scaling has them, of the element type of `like`. */
export function scaledRows(points: Matrix, { center, scale }: RowScaling, like = points): Matrix {
  const rows = lessRow(points, center.data);
  for (let e = 0; e < rows.data.length; e++) rows.data[e] *= scale.data[0];
  return alike(rows, like);
}
