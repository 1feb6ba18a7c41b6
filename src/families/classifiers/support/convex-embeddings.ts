import { OptionError, ShapeError } from '../../../core/errors.ts';
import { type Matrix, zeros64 } from '../../../core/matrix.ts';
import { largestPlaces } from '../../../numerics/rows/largest-places.ts';
import { unitOrZeroRows } from '../../../numerics/rows/unit-rows.ts';

/**
 * Where rows lie among the meanings of classes, of probabilities that any classifier gave:
 *
 *     zᵢ = Σ p_c·ŝ_c/Σ p_c   over the T classes of largest p_c, ŝ_c = s_c/‖s_c‖
 *
 * @param probabilities r × C, not below 0; of equal ones the first count
 * @param vectors C × a
 * @param count T; all classes where there are fewer
 */
export function convexEmbeddings(
  probabilities: Matrix,
  vectors: Matrix,
  count: number,
): Matrix<Float64Array> {
  const { data, rows: r, cols: classes } = probabilities;
  const where = 'convexEmbeddings';
  if (vectors.rows !== classes)
    throw new ShapeError(where, `a vector for each of ${classes} classes`, `${vectors.rows}`);
  if (!(Number.isInteger(count) && count >= 1))
    throw new OptionError(where, 'count', 'an integer from 1 on', count);
  const unit = unitOrZeroRows(vectors).points;
  const a = vectors.cols;
  const out = zeros64(r, a);
  for (let i = 0; i < r; i++) {
    const from = i * classes;
    const top = largestPlaces(data, from, from + classes, Math.min(count, classes));
    const total = top.reduce((sum, c) => sum + data[from + c], 0);
    if (!(total > 0)) continue;
    for (const c of top)
      for (let k = 0; k < a; k++)
        out.data[i * a + k] += (data[from + c] / total) * unit.data[c * a + k];
  }
  return out;
}
