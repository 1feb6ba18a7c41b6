import { InputError, ShapeError } from './errors.ts';
import type { Matrix } from './matrix.ts';

/** Where the first NaN or infinity is, or null if every value is finite. */
export function firstBadValue(
  points: Matrix,
): { readonly row: number; readonly column: number; readonly value: number } | null {
  const { data, cols } = points;
  for (let i = 0; i < data.length; i++) {
    // x − x is 0 for finite x only.
    if (data[i] - data[i] !== 0) {
      return { row: Math.floor(i / cols), column: i % cols, value: data[i] };
    }
  }
  return null;
}

/** The points, if there are any and all numbers are finite; else a sentence that names the place. */
export function requireFinite(where: string, points: Matrix): Matrix {
  if (points.rows < 1 || points.cols < 1)
    throw new ShapeError(where, 'at least 1 × 1 points', `${points.rows} × ${points.cols}`);
  const bad = firstBadValue(points);
  if (!bad) return points;
  throw new InputError(
    where,
    `row ${bad.row}, column ${bad.column} is ${bad.value}; expected finite numbers.`,
  );
}
