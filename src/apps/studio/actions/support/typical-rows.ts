import { type Matrix, row } from '../../../../core/matrix.ts';
import { dot } from '../../../../numerics/rows/dot.ts';
import { largestPlaces } from '../../../../numerics/rows/largest-places.ts';

/** The mean of some unit rows; its length is the mean cosine of them with its direction. */
export function meanOfRows({ data, cols: d }: Matrix, rows: ArrayLike<number>): Float64Array {
  const mean = new Float64Array(d);
  for (let at = 0; at < rows.length; at++)
    for (let c = 0; c < d; c++) mean[c] += data[rows[at] * d + c] / rows.length;
  return mean;
}

/** The rows, of those given, that lie most in the direction of their mean, first the nearest. */
export function typicalRows(
  units: Matrix,
  rows: ArrayLike<number>,
  count: number,
): {
  readonly rows: readonly number[];
  readonly cosines: readonly number[];
  readonly meanCosine: number;
} {
  const mean = meanOfRows(units, rows);
  const length = Math.sqrt(dot(mean, mean)) || 1;
  const cosines = Float64Array.from(
    { length: rows.length },
    (_, at) => dot(row(units, rows[at]), mean) / length,
  );
  const places = largestPlaces(cosines, 0, cosines.length, Math.min(count, rows.length));
  return {
    rows: Array.from(places, (at) => rows[at]),
    cosines: Array.from(places, (at) => cosines[at]),
    meanCosine: length,
  };
}
