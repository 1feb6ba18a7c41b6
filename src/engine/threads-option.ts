import { OptionError } from '../core/errors.ts';
import type { EngineName } from './engine.ts';

/** Threads beyond this gain nothing and would be a typing error. */
const MOST_THREADS = 256;

/** Refuses a number of threads that is none. */
export function requireThreads(engine: EngineName, threads: number | undefined): void {
  if (threads === undefined) return;
  if (Number.isInteger(threads) && threads >= 1 && threads <= MOST_THREADS) return;
  throw new OptionError(engine, 'threads', `an integer in [1, ${MOST_THREADS}]`, threads);
}
