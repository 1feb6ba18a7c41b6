import { InputError, ShapeError } from '../../../../core/errors.ts';
import { type Matrix, toFloat32, zeros } from '../../../../core/matrix.ts';
import { unitOrAxisRows } from '../../../../numerics/rows/unit-rows.ts';

export interface DrawnPlaces {
  /** n × 2, or n × 3 of length 1. */
  readonly points: Matrix<Float32Array>;
  readonly onSphere: boolean;
  readonly warnings: readonly string[];
}

/** Columns as they are drawn: two of a plane, three scaled to length 1; a single one is a line. */
export function drawnPlaces(columns: Matrix, geometry: 'plane' | 'sphere' = 'plane'): DrawnPlaces {
  const { data, rows: n, cols } = columns;
  if (cols === 3) {
    const isZero = (i: number) =>
      data[3 * i] === 0 && data[3 * i + 1] === 0 && data[3 * i + 2] === 0;
    let zeroRows = 0;
    for (let i = 0; i < n; i++) zeroRows += Number(isZero(i));
    return {
      points: unitOrAxisRows('map', toFloat32(columns)),
      onSphere: true,
      warnings:
        zeroRows > 0
          ? [
              `${zeroRows} rows have no direction in these three dimensions and lie at the first axis.`,
            ]
          : [],
    };
  }
  if (geometry === 'sphere') throw new ShapeError('map', '3 columns for a sphere', `${cols}`);
  if (cols === 2) return { points: toFloat32(columns), onSphere: false, warnings: [] };
  if (cols !== 1) throw new InputError('map', `a map has 2 or 3 columns; got ${cols}.`);
  const points = zeros(n, 2);
  for (let i = 0; i < n; i++) points.data[2 * i] = data[i];
  return { points, onSphere: false, warnings: ['There is one column alone: the map is a line.'] };
}
