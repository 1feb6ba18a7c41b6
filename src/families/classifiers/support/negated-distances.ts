import type { Matrix } from '../../../core/matrix.ts';
import { squaredDistances } from './squared-distances.ts';

/** r × m: the nearer, the larger. */
export function negatedDistances(rows: Matrix, points: Matrix): Matrix<Float64Array> {
  const out = squaredDistances(rows, points);
  for (let e = 0; e < out.data.length; e++) out.data[e] = 0 - out.data[e];
  return out;
}
