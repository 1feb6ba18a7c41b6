import { InputError } from '../../../core/errors.ts';
import { classBalanced } from '../../../learning/index.ts';

export interface BalancedOptions {
  /** Rows of a batch, as near as rows of equal number a class come. */
  readonly batch: number;
  readonly classesPerBatch: number;
  readonly seed: number;
}

/**
 * Places of `rows` for each step: so many classes, with as many rows of each; of fewer classes all. At least two rows
 * a class, since a row alone has nothing to be near.
 */
export function balancedBatches(
  where: string,
  rows: Int32Array,
  classes: Int32Array,
  { batch, classesPerBatch, seed }: BalancedOptions,
): (step: number) => Int32Array {
  const own = rows.map((row) => classes[row]);
  const counts = new Map<number, number>();
  for (const c of own) counts.set(c, (counts.get(c) ?? 0) + 1);
  if ([...counts.values()].every((count) => count < 2))
    throw new InputError(where, 'each class has one row; expected a class of at least 2.');
  const used = Math.min(classesPerBatch, counts.size);
  const rowsPerClass = Math.max(2, Math.floor(batch / used));
  const options = { classes: own, classesPerBatch: used, rowsPerClass, seed };
  return classBalanced(options).at;
}
