import type { Matrix } from '../../../core/matrix.ts';
import { rowDot } from '../../../numerics/rows/dot.ts';
import type { Contributions } from '../types.ts';

/** Every row of A with every row of B: ⟨Aₚ, B_q⟩ · scale. */
export function allPairs(a: Matrix, b: Matrix, scale: number): Contributions {
  const count = a.rows * b.rows;
  return {
    a: Int32Array.from({ length: count }, (_, k) => Math.floor(k / b.rows)),
    b: Int32Array.from({ length: count }, (_, k) => k % b.rows),
    values: Float64Array.from(
      { length: count },
      (_, k) => rowDot(a, Math.floor(k / b.rows), b, k % b.rows) * scale,
    ),
  };
}
