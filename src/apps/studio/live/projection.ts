import { type Matrix, toFloat32 } from '../../../core/matrix.ts';
import type { Engine } from '../../../engine/engine.ts';
import { lessRow, meanRow } from '../../../numerics/rows/centered.ts';
import { unitOrZeroRows } from '../../../numerics/rows/unit-rows.ts';
import { principalAxes } from '../../../structures/spectra/principal-axes.ts';

/** A map to the picture that stays the same while the points move. */
export interface Projection {
  /** In words, for the page. */
  readonly about: string;
  readonly dims: 2 | 3;
  readonly geometry: 'plane' | 'sphere' | 'disk';
  place(points: Matrix): Promise<Matrix<Float32Array>>;
}

/**
 * Two principal axes of the start, or three directions of most length, with rows scaled to the sphere again. Points of
 * two or three columns are shown as they are.
 */
export async function fixedProjection(
  start: Matrix,
  view: 'plane' | 'sphere',
  engine: Engine,
): Promise<Projection> {
  const { cols: d } = start;
  const dims = view === 'plane' ? 2 : 3;
  if (d === dims)
    return {
      about: 'the points as they are',
      dims,
      geometry: view,
      place: async (points) => toFloat32(points),
    };
  const origin = view === 'plane' ? meanRow(start) : new Float64Array(d);
  const { vectors } = await principalAxes(
    view === 'plane' ? lessRow(start, origin) : start,
    dims,
    engine,
  );
  const axes = alikePoints(vectors, start);
  // The origin goes off where there are two or three columns, not all.
  const shift = projectedRow(vectors, origin);
  const place = async (points: Matrix): Promise<Matrix<Float32Array>> => {
    const placed = await engine.matmul(points, axes, { transposeB: true });
    if (view === 'sphere') return toFloat32(unitOrZeroRows(placed).points);
    const out = toFloat32(placed);
    for (let e = 0; e < out.data.length; e++) out.data[e] -= shift[e % 2];
    return out;
  };
  const about =
    view === 'plane'
      ? 'the first two principal axes of the start'
      : 'the three leading directions of the start, scaled to the sphere';
  return { about, dims, geometry: view, place };
}

/** In the element type of the points, as engines want it. */
function alikePoints(axes: Matrix<Float64Array>, points: Matrix): Matrix {
  return points.data instanceof Float32Array ? toFloat32(axes) : axes;
}

/** ⟨axis, row⟩ for each axis. */
function projectedRow({ data, rows, cols: d }: Matrix, row: Float64Array): Float64Array {
  return Float64Array.from({ length: rows }, (_, k) =>
    row.reduce((sum, x, c) => sum + x * data[k * d + c], 0),
  );
}
