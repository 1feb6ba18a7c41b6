import { InputError } from '../../../core/errors.ts';
import { type ObjectStore, readObject } from '../../../io/sharded/index.ts';
import { type Plan, stageOf } from '../../../jobs/plan.ts';
import type { Task } from '../../../jobs/task.ts';

/** A plan as it lies in the store of its work: tasks without their names, which follow from them. */
interface KeptPlan {
  readonly format: 'tammes-plan';
  readonly version: 1;
  readonly title: string;
  readonly stages: readonly {
    readonly title: string;
    readonly tasks: readonly Task[];
    readonly drops?: readonly string[] | undefined;
  }[];
}

const keyOf = (id: string): string => `work/plans/${id}.json`;

/** Keeps a plan beside its outputs, so that another process can lead it on. */
export async function keepPlan(work: ObjectStore, id: string, plan: Plan): Promise<void> {
  const kept: KeptPlan = {
    format: 'tammes-plan',
    version: 1,
    title: plan.title,
    stages: plan.stages.map(({ title, tasks, drops }) => ({
      title,
      tasks: tasks.map(({ task }) => task),
      drops,
    })),
  };
  await work.create(keyOf(id), [new TextEncoder().encode(JSON.stringify(kept))]);
}

/** A plan that was kept; its tasks are named anew. */
export async function keptPlan(work: ObjectStore, id: string): Promise<Plan> {
  const name = `${work.name}/${keyOf(id)}`;
  const bytes = await readObject(work, keyOf(id));
  if (!bytes) throw new InputError(name, 'there is no such plan.');
  const { format, version, title, stages } = JSON.parse(
    new TextDecoder().decode(bytes),
  ) as KeptPlan;
  if (format !== 'tammes-plan' || version !== 1) {
    throw new InputError(name, 'a plan of this version of Tammes is expected.');
  }
  const named = stages.map(({ title: own, tasks, drops }) => stageOf(own, tasks, drops));
  return { title, stages: await Promise.all(named) };
}

export const forgetPlan = (work: ObjectStore, id: string): Promise<void> => work.remove(keyOf(id));
