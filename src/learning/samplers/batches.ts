import { OptionError } from '../../core/errors.ts';
import { Random } from '../../core/random.ts';

export interface BatchOptions {
  /** How many rows there are. */
  readonly rows: number;
  /** Rows in a batch. */
  readonly size: number;
  readonly seed?: number | undefined;
  /** What becomes of the last rows of an epoch that fill no batch: a shorter batch, or nothing. */
  readonly remainder?: 'keep' | 'drop' | undefined;
}

/** What is drawn for each step. */
export interface Draws<T> {
  /** For step 1, 2, …; none before it is needed. */
  readonly at: (step: number) => T;
}

/** The rows of each step. */
export interface Batches extends Draws<Int32Array> {
  /** Steps of an epoch. */
  readonly perEpoch: number;
  /** The epoch of a step, from 0 on. */
  readonly epochOf: (step: number) => number;
}

/**
 * Epochs of shuffled batches: every epoch has every row once, in an order of its own (with `remainder: 'drop'` but
 * for the rows that fill no batch, which differ from epoch to epoch).
 */
export function batches({ rows, size, seed = 0, remainder = 'keep' }: BatchOptions): Batches {
  requireCount('batches', 'rows', rows);
  requireCount('batches', 'size', size);
  if (size > rows && remainder === 'drop')
    throw new OptionError('batches', 'size', `at most the ${rows} rows`, size);
  const random = Random.fromSeed(seed).fork('batches');
  const perEpoch = remainder === 'keep' ? Math.ceil(rows / size) : Math.floor(rows / size);
  const epochOf = (step: number) => Math.floor((step - 1) / perEpoch);
  let order: Int32Array = new Int32Array(0);
  let shuffled = -1;
  return {
    perEpoch,
    epochOf,
    at(step) {
      requireCount('batches', 'step', step);
      const epoch = epochOf(step);
      if (epoch !== shuffled) order = random.fork(epoch).sample(rows);
      shuffled = epoch;
      const start = ((step - 1) % perEpoch) * size;
      return order.slice(start, start + size);
    },
  };
}

/** Refuses what is no whole number from 1 on. */
export function requireCount(where: string, name: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 1) return;
  throw new OptionError(where, name, 'a whole number from 1 on', value);
}
