import type { MaybePromise } from './engine.ts';

/** Runs operations one after the other: those of one engine share memory and threads. */
export function oneAtATime(): <T>(operation: () => MaybePromise<T>) => MaybePromise<T> {
  let busy: Promise<unknown> | undefined;
  const run = <T>(operation: () => MaybePromise<T>): MaybePromise<T> => {
    if (busy) return busy.then(() => run(operation));
    const result = operation();
    if (!(result instanceof Promise)) return result;
    const done = result.finally(() => {
      busy = undefined;
    });
    busy = done.then(
      () => {},
      () => {},
    );
    return done;
  };
  return run;
}
