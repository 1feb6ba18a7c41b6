import { OptionError, ShapeError } from '../../core/errors.ts';
import type { Floats, Matrix } from '../../core/matrix.ts';
import { requireCount } from './batches.ts';

/** The last rows that went through a model, the oldest overwritten first. */
export interface MemoryBank {
  /** Takes in rows of length d; of more than there is room for, the last stay. */
  push(rows: Floats): void;
  /** The rows it has, the oldest first, in memory of their own. */
  rows(): Matrix;
  /** How many rows it has. */
  readonly size: number;
  /** For `also` of `train`: checkpoints save it, and a resumed run goes on with it. */
  readonly arrays: Readonly<Record<string, Floats>>;
}

export interface MemoryBankOptions {
  /** Rows it keeps. */
  readonly capacity: number;
  /** Length of a row. */
  readonly cols: number;
  readonly float64?: boolean | undefined;
}

/**
 * A ring of past rows, such as embeddings: negatives, neighbours or class centres beyond the batch. Fill it in `onStep`
 * with a value that the loss hands out.
 */
export function memoryBank({ capacity, cols, float64 = false }: MemoryBankOptions): MemoryBank {
  requireCount('memoryBank', 'capacity', capacity);
  requireCount('memoryBank', 'cols', cols);
  const Numbers = float64 ? Float64Array : Float32Array;
  const ring: Floats = new Numbers(capacity * cols);
  /** Rows taken in so far. */
  const taken = new Float64Array(1);
  const size = () => Math.min(taken[0], capacity);
  return {
    arrays: { ring, taken },
    get size() {
      return size();
    },
    push(rows) {
      if (rows.length % cols !== 0)
        throw new ShapeError('memoryBank', `rows of ${cols} numbers`, `${rows.length} numbers`);
      if (rows.constructor !== ring.constructor)
        throw new OptionError('memoryBank', 'float64', 'as the rows are', float64);
      for (let at = 0; at < rows.length; at += cols, taken[0]++)
        ring.set(rows.subarray(at, at + cols), (taken[0] % capacity) * cols);
    },
    rows() {
      const data = new Numbers(size() * cols);
      const oldest = taken[0] > capacity ? (taken[0] % capacity) * cols : 0;
      const end = size() * cols;
      data.set(ring.subarray(oldest, end));
      data.set(ring.subarray(0, oldest), end - oldest);
      return { data, rows: size(), cols };
    },
  };
}
