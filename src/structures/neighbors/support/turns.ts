import { AbortedError } from '../../../core/errors.ts';
import { TURN_MS } from '../../../engine/in-turns.ts';
import { yieldToEventLoop } from '../../../engine/yield.ts';

/** To be awaited between small pieces of work: lets the event loop run when a turn is over, and stops at an abort. */
export type Turn = () => Promise<void>;

export function turnsOf(where: string, signal?: AbortSignal): Turn {
  let end = performance.now() + TURN_MS;
  return async () => {
    if (signal?.aborted) throw new AbortedError(where);
    if (performance.now() < end) return;
    await yieldToEventLoop();
    end = performance.now() + TURN_MS;
  };
}
