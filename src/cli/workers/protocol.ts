import type { Failure } from '../../jobs/failure.ts';
import type { TaskDone } from '../../jobs/run-task.ts';
import type { Task } from '../../jobs/task.ts';

/** Where shards lie and where outputs go, by address: another thread or another machine opens them. */
export interface Addresses {
  readonly table: string;
  readonly work: string;
}

/** What a thread is started with. */
export interface ThreadData {
  /** Threads of its engine. */
  readonly threads: number;
}

export interface ThreadRequest extends Addresses {
  readonly task: Task;
}

export type ThreadAnswer = { readonly done: TaskDone } | { readonly failed: Failure };
