import { evaluate, type Tensor, type Workspace } from '../../../learning/index.ts';
import { rangeOf } from './inputs.ts';

/** Rows that are encoded at once. */
const BLOCK = 1024;

/**
 * How far rows are from being one direction: √(1 − ‖mean unit row‖²), the root of their circular variance; 0 where all
 * point the same way, 1 where they cancel. `length` is their mean length.
 */
export async function spreadOfRows(
  encoded: (places: Int32Array) => Tensor,
  rows: number,
  workspace: Workspace,
): Promise<{ readonly spread: number; readonly length: number }> {
  let sums = new Float64Array(0);
  let length = 0;
  for (let a = 0; a < rows; a += BLOCK) {
    const tensor = encoded(rangeOf(a, Math.min(rows, a + BLOCK)));
    const [n, d] = tensor.shape;
    const data = await evaluate(tensor, workspace);
    if (sums.length === 0) sums = new Float64Array(d);
    for (let i = 0; i < n; i++) {
      const row = data.subarray(i * d, (i + 1) * d);
      const norm = Math.hypot(...row);
      length += norm / rows;
      if (norm > 0) for (let c = 0; c < d; c++) sums[c] += row[c] / norm / rows;
    }
  }
  const squared = sums.reduce((all, x) => all + x * x, 0);
  return { spread: Math.sqrt(Math.max(0, 1 - squared)), length };
}
