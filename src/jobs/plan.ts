import type { Given } from './given.ts';
import type { Cost } from './operation.ts';
import { operationOf } from './operations/index.ts';
import { type Task, taskName } from './task.ts';

/** A task with its name. */
export interface NamedTask {
  readonly name: string;
  readonly task: Task;
}

/** Tasks that may run at the same time: none reads another's output. */
export interface Stage {
  /** What it does, in a word or two. */
  readonly title: string;
  readonly tasks: readonly NamedTask[];
  /** Outputs of earlier stages that nothing later reads; they are removed when the stage is done. */
  readonly drops?: readonly string[] | undefined;
}

/**
 * What is to be computed, known to the last task before anything runs: a task names the outputs it reads, and an
 * output has its name before it exists.
 */
export interface Plan {
  readonly title: string;
  readonly stages: readonly Stage[];
  /** What its tasks read that no task gives; whoever runs the plan has stored it. */
  readonly given?: readonly Given[] | undefined;
}

/** Builds a stage of tasks. */
export async function stageOf(
  title: string,
  tasks: readonly Task[],
  drops?: readonly string[],
): Promise<Stage> {
  const names = await Promise.all(tasks.map(taskName));
  return { title, tasks: tasks.map((task, i) => ({ name: names[i], task })), drops };
}

/** The names of a stage's outputs, in the order of its tasks. */
export const namesOf = ({ tasks }: Stage): string[] => tasks.map(({ name }) => name);

/** What the tasks cost together. */
export function costOf(tasks: readonly NamedTask[]): Cost {
  const total = { products: 0, bytesRead: 0, bytesWritten: 0 };
  for (const { task } of tasks) {
    const cost = operationOf(task).cost(task.settings as never);
    total.products += cost.products;
    total.bytesRead += cost.bytesRead;
    total.bytesWritten += cost.bytesWritten;
  }
  return total;
}
