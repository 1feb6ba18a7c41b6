import type { Floats, Matrix } from '../../../core/matrix.ts';

/** Below this sine, what is left of a direction is the rounding of the rows. */
export function unresolvedSine(points: Matrix): number {
  return points.data instanceof Float64Array ? 2 ** -49 : 2 ** -21;
}

/**
 * target[at …] += weight · u, with u the unit tangent at row i of `points` toward row j of `others`,
 * so that the angle θ between the two has gradient −u at i.
 *
 * Built from the difference of the rows, so it is accurate for close rows. Coincident and antipodal
 * rows have no direction: nothing is added (at antipodes zero is a subgradient of −θ).
 */
export function addTangentToward(
  points: Matrix,
  i: number,
  others: Matrix,
  j: number,
  weight: number,
  target: Floats,
  unresolved: number,
): void {
  const d = points.cols;
  const x = points.data;
  const y = others.data;
  const xi = i * d;
  const yj = j * d;
  let along = 0;
  let length = 0;
  for (let c = 0; c < d; c++) {
    const value = x[xi + c];
    along += (y[yj + c] - value) * value;
    length += value * value;
  }
  const radial = along / length;
  let squared = 0;
  for (let c = 0; c < d; c++) {
    const tangent = y[yj + c] - x[xi + c] - radial * x[xi + c];
    squared += tangent * tangent;
  }
  const sine = Math.sqrt(squared);
  if (!(sine > unresolved)) return;
  const scale = weight / sine;
  for (let c = 0; c < d; c++) {
    target[xi + c] += scale * (y[yj + c] - x[xi + c] - radial * x[xi + c]);
  }
}

/** The chord |x_i − y_i| of row i in both matrices, from differences in float64. */
export function rowChord(points: Matrix, others: Matrix, i: number): number {
  const d = points.cols;
  let squared = 0;
  for (let c = i * d; c < (i + 1) * d; c++) {
    const difference = points.data[c] - others.data[c];
    squared += difference * difference;
  }
  return Math.sqrt(squared);
}
