import { InputError, ShapeError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';

/** How far lengths in float32 may be from 1. */
const ROUNDED = 1e-4;

/** Refuses matrices whose rows are not unit vectors, naming the row. */
export function requireUnitRows(where: string, points: Matrix): void {
  requirePoints(where, points);
  const odd = firstRowNotUnit(points, points.data instanceof Float64Array ? 1e-9 : ROUNDED);
  if (!odd) return;
  const length = odd.length.toPrecision(6);
  throw new InputError(where, `row ${odd.row} has length ${length}; expected unit rows.`);
}

/** Whether all rows are unit vectors, to the rounding of float32, also where they came from there. */
export function areUnitRows(points: Matrix): boolean {
  return firstRowNotUnit(points, ROUNDED) === undefined;
}

function requirePoints(where: string, { rows: n, cols: d }: Matrix): void {
  if (n < 1 || d < 1) throw new ShapeError(where, 'at least 1 × 1 points', `${n} × ${d}`);
}

function firstRowNotUnit({ data, rows: n, cols: d }: Matrix, tolerance: number) {
  for (let i = 0; i < n; i++) {
    let squared = 0;
    for (let c = i * d; c < (i + 1) * d; c++) squared += data[c] * data[c];
    if (!(Math.abs(squared - 1) <= 2 * tolerance)) return { row: i, length: Math.sqrt(squared) };
  }
  return undefined;
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
