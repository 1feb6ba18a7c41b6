import { InputError } from '../../../core/errors.ts';

/** Zeros, if `shared` in memory that threads can share. */
export function floats(count: number, where: string, shared: boolean): Float32Array {
  try {
    return new Float32Array(shared ? new SharedArrayBuffer(4 * count) : new ArrayBuffer(4 * count));
  } catch (cause) {
    const gigabytes = ((4 * count) / 1e9).toFixed(1);
    throw new InputError(where, `there is no memory for ${gigabytes} GB in one piece.`, { cause });
  }
}
