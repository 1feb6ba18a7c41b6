import { AbortedError, TammesError, UnsupportedError } from '../../core/errors.ts';
import { LOST } from '../../jobs/failure.ts';
import type { Runner } from '../../jobs/run-plan.ts';
import type { TaskDone } from '../../jobs/run-task.ts';
import type { ThreadPool } from './pool.ts';
import type { Addresses, ThreadRequest } from './protocol.ts';

/** How often a task is begun before its plan gives up. */
const TRIES = 3;

/** Tasks on the threads of a pool. A task that fails stops the plan; one whose thread ended is begun again. */
export function threadsRunner(pool: ThreadPool, places: Addresses): Runner {
  requireShared(places);
  return {
    async run(tasks, onDone, signal) {
      const ending = new AbortController();
      const stop = () => ending.abort();
      signal?.addEventListener('abort', stop);
      let next = 0;
      const lane = async () => {
        while (next < tasks.length && !ending.signal.aborted) {
          const { task } = tasks[next++];
          onDone(await withTries(pool, { task, ...places }, ending.signal));
        }
      };
      try {
        if (signal?.aborted) throw new AbortedError(tasks[0].task.operation);
        const lanes = Array.from({ length: Math.min(pool.size, tasks.length) }, () =>
          lane().catch((cause: unknown) => {
            // The others would go on with what nobody waits for.
            ending.abort();
            throw cause;
          }),
        );
        throwFirst(await Promise.allSettled(lanes));
        if (signal?.aborted) throw new AbortedError('worker');
      } finally {
        signal?.removeEventListener('abort', stop);
      }
    },
  };
}

/** Throws what stopped the lanes: the failure, not the stops that follow from it. */
function throwFirst(lanes: readonly PromiseSettledResult<void>[]): void {
  const failures = lanes.flatMap((lane) => (lane.status === 'rejected' ? [lane.reason] : []));
  const first = failures.find((cause) => !(cause instanceof AbortedError)) ?? failures[0];
  if (first) throw first;
}

async function withTries(
  pool: ThreadPool,
  request: ThreadRequest,
  signal: AbortSignal,
): Promise<TaskDone> {
  for (let tried = 1; ; tried++) {
    try {
      return await pool.run(request, signal);
    } catch (cause) {
      if (!(cause instanceof TammesError) || cause.code !== LOST) throw cause;
      if (tried >= TRIES) throw new TammesError(LOST, lostSentence(request, cause.message));
    }
  }
}

const lostSentence = ({ task }: ThreadRequest, last: string): string =>
  `${task.operation}: a task was begun ${TRIES} times and its thread ended each time; the last time: ${last}`;

/** Other threads and machines cannot open what lies in the memory of this one. */
export function requireShared({ table, work }: Addresses): void {
  const own = [table, work].find((address) => address.startsWith('memory:'));
  if (own === undefined) return;
  throw new UnsupportedError(own, 'workers cannot open a store in the memory of another process.');
}
