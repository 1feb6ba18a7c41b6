import type { DisperseResult } from '../../apps/verbs/disperse.ts';
import { toFloat32 } from '../../core/matrix.ts';
import type { VectorTable } from '../../io/index.ts';

/** The table that `disperse` writes: unit rows, what came with them, and the norms they had. */
export function dispersedTable(input: VectorTable, result: DisperseResult): VectorTable {
  const { points } = result;
  return {
    points:
      points.data instanceof Float32Array ? { ...points, data: points.data } : toFloat32(points),
    labels: input.labels,
    columns: { ...input.columns, norm: result.norms },
  };
}
