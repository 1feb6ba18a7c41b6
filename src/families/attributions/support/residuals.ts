import type { Matrix } from '../../../core/matrix.ts';
import { rowDot } from '../../../numerics/rows/dot.ts';

/** ⟨θ, aᵢ⟩ of each row. */
export function scoresOf(a: Matrix, theta: Float64Array): Float64Array {
  const own = { data: theta, rows: 1, cols: theta.length };
  return Float64Array.from({ length: a.rows }, (_, i) => rowDot(a, i, own, 0));
}

/** yᵢ − ⟨θ, aᵢ⟩ of each row. */
export function residualsOf(a: Matrix, y: Float64Array, theta: Float64Array): Float64Array {
  return scoresOf(a, theta).map((score, i) => y[i] - score);
}
