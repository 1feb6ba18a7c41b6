import { byId } from '../../catalog/by-id.ts';
import { InputError } from '../../core/errors.ts';
import { type Matrix, zeros } from '../../core/matrix.ts';
import * as reductions from '../../families/reduction/index.ts';
import type { Reduced, Reduction, ReductionRunOptions } from '../../families/reduction/types.ts';
import type { ByteStore } from '../../io/byte-store.ts';
import type { AnyTable } from '../../io/given-table.ts';
import { storedModel } from '../../learning/index.ts';
import type { RunOptions } from '../../method/method.ts';
import { makerOf } from './support/maker-of.ts';
import { rowClasses } from './support/row-classes.ts';

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
  return reductionById(makerOf(stored, 'reduction')).transform(stored, rows, run);
}

/**
 * The classes in a column of a table as responses: n × C, 1 where a row is of a class and 0 elsewhere, classes in order
 * of appearance. Refuses a row without a class, and fewer than two classes.
 */
export function classResponses(
  table: Pick<AnyTable, 'labels' | 'columns'>,
  column: string,
): Matrix<Float32Array> {
  const classes = rowClasses('reduce', table, column) ?? new Int32Array(0);
  const empty = classes.indexOf(-1);
  if (empty >= 0) {
    const way = 'leave such rows out';
    throw new InputError('reduce', `row ${empty} has no class in column "${column}"; ${way}.`);
  }
  const count = classes.reduce((most, own) => Math.max(most, own + 1), 0);
  if (count < 2)
    throw new InputError('reduce', `expected 2 classes in column "${column}"; got ${count}.`);
  const responses = zeros(classes.length, count);
  for (const [i, own] of classes.entries()) responses.data[i * count + own] = 1;
  return responses;
}
