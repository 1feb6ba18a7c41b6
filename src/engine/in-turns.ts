import { AbortedError } from '../core/errors.ts';
import type { MaybePromise, Work } from './engine.ts';
import { yieldToEventLoop } from './yield.ts';

/** How long the calling thread works before it lets the event loop run. */
export const TURN_MS = 16;

/**
 * Runs task(0) … task(count − 1) in order on the calling thread. Work that fits into one turn is
 * done when this returns; longer work goes on in a promise that yields, reports and looks at the
 * signal after every turn.
 */
export function inTurns(
  where: string,
  count: number,
  task: (index: number) => void,
  work: Work = {},
): MaybePromise<void> {
  let next = 0;
  const turn = (): boolean => {
    if (work.signal?.aborted) throw new AbortedError(where);
    const end = performance.now() + TURN_MS;
    while (next < count) {
      task(next++);
      if (performance.now() >= end) break;
    }
    work.onProgress?.(count === 0 ? 1 : next / count);
    return next >= count;
  };
  if (turn()) return;
  return (async () => {
    do await yieldToEventLoop();
    while (!turn());
  })();
}

/** `next` of the value: at once, or as a promise. */
export function after<S, T>(value: MaybePromise<S>, next: (value: S) => T): MaybePromise<T> {
  return value instanceof Promise ? value.then(next) : next(value);
}
