import { InputError, ShapeError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';
import { firstBadValue } from '../../../io/table.ts';

/** The points, if there are any and all numbers are finite. */
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
