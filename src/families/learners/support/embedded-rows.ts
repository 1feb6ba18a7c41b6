import { type Matrix, matrix } from '../../../core/matrix.ts';
import { evaluate, type Tensor, type Workspace } from '../../../learning/index.ts';

/** Rows that are embedded at once. */
const BLOCK = 1024;

/** The values of a network at some rows, block by block. */
export async function embeddedRows(
  encoded: (rows: Int32Array) => Tensor,
  rows: Int32Array,
  cols: number,
  workspace: Workspace,
): Promise<Matrix> {
  const data = new Float64Array(rows.length * cols);
  for (let a = 0; a < rows.length; a += BLOCK)
    data.set(await evaluate(encoded(rows.subarray(a, a + BLOCK)), workspace), a * cols);
  return matrix(data, rows.length, cols);
}
