import { copied, type Matrix, zeros64 } from '../core/matrix.ts';
import type { MaybePromise } from '../engine/engine.ts';
import { stepRow } from '../engine/kernels/sphere-step/reference.ts';

/** Overwrites `gradient` and returns the loss; a radial part of the gradient does not matter. */
export type LossAndGradient = (
  points: Matrix<Float64Array>,
  gradient: Matrix<Float64Array>,
) => MaybePromise<number>;

const FIRST_STEP = 2 ** -7;
const HALVINGS = 4;

/**
 * How much the Taylor remainder |f(exp_x(h·v)) − f(x) − h⟨g, v⟩| shrinks each time h is halved, for
 * h = 2⁻⁷, 2⁻⁸, …: 4 for a right gradient, 2 for a wrong one. Needs unit float64 rows away from ties.
 *
 * `direction` (n × d) is projected to the tangent spaces and scaled to unit Frobenius norm.
 */
export async function taylorRatios(
  lossAndGradient: LossAndGradient,
  points: Matrix<Float64Array>,
  direction: Matrix<Float64Array>,
): Promise<number[]> {
  const v = unitTangent(points, direction);
  const gradient = zeros64(points.rows, points.cols);
  const loss = await lossAndGradient(points, gradient);
  let slope = 0;
  for (let i = 0; i < v.length; i++) slope += gradient.data[i] * v[i];

  const scratch = zeros64(points.rows, points.cols);
  const remainders: number[] = [];
  for (let halving = 0; halving <= HALVINGS; halving++) {
    const h = FIRST_STEP / 2 ** halving;
    const moved = copied(points);
    const step = v.map((value) => h * value);
    for (let i = 0; i < points.rows; i++) stepRow(moved.data, step, i * points.cols, points.cols);
    remainders.push(Math.abs((await lossAndGradient(moved, scratch)) - loss - h * slope));
  }
  return remainders.slice(1).map((remainder, i) => remainders[i] / remainder);
}

function unitTangent(points: Matrix, direction: Matrix<Float64Array>): Float64Array {
  const { data: x, rows: n, cols: d } = points;
  const v = direction.data.slice();
  let squared = 0;
  for (let i = 0; i < n; i++) {
    let along = 0;
    for (let c = i * d; c < (i + 1) * d; c++) along += v[c] * x[c];
    for (let c = i * d; c < (i + 1) * d; c++) {
      v[c] -= along * x[c];
      squared += v[c] * v[c];
    }
  }
  const scale = 1 / Math.sqrt(squared);
  return v.map((value) => value * scale);
}
