import { byId } from '../../catalog/by-id.ts';
import type { Matrix } from '../../core/matrix.ts';
import * as reductions from '../../families/reduction/index.ts';
import type { Reduced, Reduction, ReductionRunOptions } from '../../families/reduction/types.ts';
import type { ByteStore } from '../../io/byte-store.ts';
import { storedModel } from '../../learning/index.ts';
import type { RunOptions } from '../../method/method.ts';

export type { Frame, Reduced } from '../../families/reduction/types.ts';

const { ids, get } = byId<Reduction>('reduce', 'method', reductions);

/** The ids of all reductions. */
export const reductionIds = ids;
/** The reduction of that id, else a sentence that names them all. */
export const reductionById = get;

/**
 * Fits a reduction of the catalogue to points.
 *
 * @example
 * const { points } = await read('vectors.npy');
 * const { points: flat, model } = await reduce(points, 'pca', { dim: 2 });
 * await saveModel(fileStore('model.safetensors'), model);
 */
export function reduce(
  points: Matrix,
  method: string,
  options: Readonly<Record<string, unknown>> = {},
  run: ReductionRunOptions = {},
): Promise<Reduced> {
  return reductionById(method)(points, options as never, run);
}

/** Places new rows with a saved model, each as if it were alone: r × d → r × m. */
export async function placeRows(
  store: ByteStore,
  rows: Matrix,
  run: RunOptions = {},
): Promise<Matrix> {
  const stored = await storedModel(store);
  return reductionById(stored.kind.replace('reduction/', '')).transform(stored, rows, run);
}
