import { type Matrix, zeros64 } from '../../../core/matrix.ts';
import { fourSumGap } from '../../../numerics/rows/dot.ts';

/** r × m squared distances of rows from points, from differences in float64: each row as if it were alone. */
export function squaredDistances(rows: Matrix, points: Matrix): Matrix<Float64Array> {
  const { rows: r, cols: d } = rows;
  const { rows: m } = points;
  const out = zeros64(r, m);
  for (let i = 0; i < r; i++)
    for (let j = 0; j < m; j++)
      out.data[i * m + j] = fourSumGap(rows.data, i * d, points.data, j * d, d);
  return out;
}
