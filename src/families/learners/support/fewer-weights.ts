import { OptionError } from '../../../core/errors.ts';
import type { Parametrized } from '../../parametrizations/types.ts';
import type { LearnerRunOptions, Network, Task } from '../types.ts';

/** The network with its weights made of fewer numbers, where the run says so; refuses a task that moves them itself. */
export async function fewerWeights(
  id: string,
  { parametrization }: LearnerRunOptions,
  { parameters }: Network,
  { movesWeights }: Task,
): Promise<Parametrized | undefined> {
  if (parametrization && movesWeights)
    throw new OptionError(id, 'parametrization', `left out: ${movesWeights}`, parametrization.id);
  return parametrization?.over(parameters);
}

/** The run, whose `onStep` sees the weights written out. */
export function watchedRun(
  run: LearnerRunOptions,
  fewer: Parametrized | undefined,
): LearnerRunOptions {
  const { onStep } = run;
  if (!fewer || !onStep) return run;
  return {
    ...run,
    async onStep(done, model) {
      await fewer.writeOut();
      await onStep(done, model);
    },
  };
}
