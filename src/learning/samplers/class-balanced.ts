import { OptionError } from '../../core/errors.ts';
import { Random } from '../../core/random.ts';
import { type Draws, requireCount } from './batches.ts';
import { rowsOfClasses } from './rows-of-classes.ts';

export interface ClassBalancedOptions {
  /** The class of each row; rows of class −1 are never drawn. */
  readonly classes: ArrayLike<number>;
  /** Classes in a batch. */
  readonly classesPerBatch: number;
  /** Rows of each. */
  readonly rowsPerClass: number;
  readonly seed?: number | undefined;
}

/**
 * Batches of P classes with K rows each, class after class, both without repetition; a class of fewer than K rows gives
 * all of them, and then the first of them again.
 */
export function classBalanced({
  classes,
  classesPerBatch,
  rowsPerClass,
  seed = 0,
}: ClassBalancedOptions): Draws<Int32Array> {
  requireCount('classBalanced', 'classesPerBatch', classesPerBatch);
  requireCount('classBalanced', 'rowsPerClass', rowsPerClass);
  const members = rowsOfClasses('classBalanced', classes);
  if (classesPerBatch > members.length)
    throw new OptionError(
      'classBalanced',
      'classesPerBatch',
      `at most the ${members.length} classes that have rows`,
      classesPerBatch,
    );
  const random = Random.fromSeed(seed).fork('class-balanced');
  return {
    at(step) {
      requireCount('classBalanced', 'step', step);
      const draws = random.fork(step);
      const batch = new Int32Array(classesPerBatch * rowsPerClass);
      draws.sample(members.length, classesPerBatch).forEach((c, p) => {
        const order = draws.sample(members[c].length, Math.min(rowsPerClass, members[c].length));
        for (let k = 0; k < rowsPerClass; k++)
          batch[p * rowsPerClass + k] = members[c][order[k % order.length]];
      });
      return batch;
    },
  };
}
