import { InputError, ShapeError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';

/** Refuses matrices whose rows are not unit vectors, naming the row. */
export function requireUnitRows(where: string, points: Matrix): void {
  const { data, rows: n, cols: d } = points;
  if (n < 1 || d < 1) throw new ShapeError(where, 'at least 1 × 1 points', `${n} × ${d}`);
  const tolerance = data instanceof Float64Array ? 1e-9 : 1e-4;
  for (let i = 0; i < n; i++) {
    let squared = 0;
    for (let c = i * d; c < (i + 1) * d; c++) squared += data[c] * data[c];
    if (!(Math.abs(squared - 1) <= 2 * tolerance)) {
      const length = Math.sqrt(squared).toPrecision(6);
      throw new InputError(where, `row ${i} has length ${length}; expected unit rows.`);
    }
  }
}

/** gᵢ ← gᵢ − ⟨gᵢ, xᵢ⟩ xᵢ for every row. */
export function projectToTangentsInPlace(points: Matrix, gradient: Matrix): void {
  const { data: x, rows: n, cols: d } = points;
  const g = gradient.data;
  for (let i = 0; i < n; i++) {
    let radial = 0;
    for (let c = i * d; c < (i + 1) * d; c++) radial += g[c] * x[c];
    for (let c = i * d; c < (i + 1) * d; c++) g[c] -= radial * x[c];
  }
}
