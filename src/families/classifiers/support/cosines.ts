import { type Matrix, zeros64 } from '../../../core/matrix.ts';
import { fourSumDot } from '../../../numerics/rows/dot.ts';
import { unitOrZeroRows } from '../../../numerics/rows/unit-rows.ts';

/** r × m cosines of rows and points in float64, 0 where one of them is zero: each row as if it were alone. */
export function cosines(rows: Matrix, points: Matrix): Matrix<Float64Array> {
  const { rows: r, cols: d } = rows;
  const { rows: m } = points;
  const [x, y] = [unitOrZeroRows(rows).points.data, unitOrZeroRows(points).points.data];
  const out = zeros64(r, m);
  for (let i = 0; i < r; i++)
    for (let j = 0; j < m; j++) out.data[i * m + j] = fourSumDot(x, i * d, y, j * d, d);
  return out;
}
