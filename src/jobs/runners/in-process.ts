import { AbortedError } from '../../core/errors.ts';
import type { Runner } from '../run-plan.ts';
import { runTask, type Surroundings } from '../run-task.ts';

/** Tasks one after another, here, with all threads of the engine. */
export function inProcess(surroundings: Surroundings): Runner {
  return {
    async run(tasks, onDone, signal) {
      for (const { task } of tasks) {
        if (signal?.aborted) throw new AbortedError(task.operation);
        onDone(await runTask(task, { ...surroundings, signal }));
      }
    },
  };
}
