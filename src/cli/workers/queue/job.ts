import type { JobsOptions } from 'bullmq';
import { sha256 } from '../../../core/sha256.ts';
import type { NamedTask } from '../../../jobs/plan.ts';
import type { TaskDone } from '../../../jobs/run-task.ts';
import type { Addresses, ThreadRequest } from '../protocol.ts';

/** What a job carries: what to compute and where things lie, never numbers. */
export interface JobData extends ThreadRequest {
  /** Id of the plan that waits for it. */
  readonly plan: string;
}

/** What a worker answers. */
export interface JobDone extends TaskDone {
  readonly worker: string;
}

/** How often a task is begun whose thread ended under it. */
const TRIES = 3;
/** Seconds for which a failed job stays to be looked at. */
const FAILED_STAYS = 86_400;

export const jobOptions: JobsOptions = {
  attempts: TRIES,
  backoff: { type: 'fixed', delay: 500 },
  removeOnComplete: true,
  removeOnFail: { age: FAILED_STAYS },
  stackTraceLimit: 0,
};

/** Ids of jobs: the task's name, and for which stores, so that the same task for the same stores is there once. */
export async function jobIds(places: Addresses): Promise<(task: NamedTask) => string> {
  const { table, work } = places;
  const own = await sha256(new TextEncoder().encode(JSON.stringify([table, work])));
  return ({ name }) => `${name}-${own.slice(0, 12)}`;
}
