import { InputError } from '../core/errors.ts';
import { type Matrix, row } from '../core/matrix.ts';
import type { Manifold } from './contract.ts';

/** Refuses rows that are not points of the manifold, to 1e-9 in float64 and 1e-4 in float32, naming the first. */
export function requirePoints(
  where: string,
  what: string,
  points: Matrix,
  manifold: Manifold,
): void {
  const tolerance = points.data instanceof Float64Array ? 1e-9 : 1e-4;
  const nearest = new Float64Array(points.cols);
  for (let i = 0; i < points.rows; i++) {
    const x = row(points, i);
    manifold.projectPoint(x, nearest);
    let [gap, size] = [0, 1];
    for (let c = 0; c < x.length; c++) {
      gap = Math.max(gap, Math.abs(nearest[c] - x[c]));
      size = Math.max(size, Math.abs(nearest[c]));
    }
    // NaN stays in `gap` through Math.max.
    if (!(gap <= tolerance * size))
      throw new InputError(where, `row ${i} of ${what} is not a point of the ${manifold.id}.`);
  }
}
