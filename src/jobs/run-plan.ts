import { AbortedError, InternalError } from '../core/errors.ts';
import type { RunControls } from '../core/run.ts';
import type { ObjectStore } from '../io/sharded/index.ts';
import { type NamedTask, namesOf, type Plan } from './plan.ts';
import type { TaskDone } from './run-task.ts';
import { outputKey } from './task.ts';

/** What runs the tasks of a stage: this process, its threads, or workers behind a queue. */
export interface Runner {
  /** Hears of a plan before its first stage, with the number of tasks that are to run. */
  begin?(plan: Plan, toRun: number): Promise<void>;
  /** Returns when the output of every task is stored; `onDone` hears of each. */
  run(
    tasks: readonly NamedTask[],
    onDone: (done: TaskDone) => void,
    signal?: AbortSignal,
  ): Promise<void>;
  /** Hears how it ended: what stopped it, or nothing. */
  end?(cause?: unknown): Promise<void>;
}

/** How a plan went. */
export interface PlanDone {
  /** Tasks of all stages, and how many of them ran now. */
  readonly tasks: number;
  readonly ran: number;
  readonly seconds: number;
  /** What ran, stage by stage; seconds of computing, summed over tasks. */
  readonly stages: readonly StageDone[];
}

export interface StageDone {
  readonly title: string;
  readonly tasks: number;
  readonly seconds: number;
}

/** The outputs of the last stage. */
export const resultsOf = ({ stages }: Plan): string[] => namesOf(stages[stages.length - 1]);

/**
 * Runs a plan, stage after stage: of each the tasks whose outputs are needed and not stored. A plan that was stopped, on
 * purpose or not, so goes on where it was; whoever runs it, and however often, ends with the same bytes.
 */
export async function runPlan(
  plan: Plan,
  work: ObjectStore,
  runner: Runner,
  controls: RunControls = {},
): Promise<PlanDone> {
  const began = performance.now();
  const there = await stored(
    work,
    plan.stages.flatMap((stage) => stage.tasks),
  );
  const open = neededAmong(plan, there);
  const toRun = open.reduce((sum, stage) => sum + stage.length, 0);
  const tasks = plan.stages.reduce((sum, stage) => sum + stage.tasks.length, 0);
  await runner.begin?.(plan, toRun);
  try {
    const stages = await runStages(plan, { open, there }, work, runner, controls);
    await runner.end?.();
    return { tasks, ran: toRun, seconds: (performance.now() - began) / 1000, stages };
  } catch (cause) {
    await runner.end?.(cause);
    throw cause;
  }
}

/** Where a plan stands when it begins. */
interface Standing {
  /** For each stage the tasks that must run. */
  readonly open: readonly (readonly NamedTask[])[];
  /** Tasks whose output is stored. */
  readonly there: ReadonlySet<string>;
}

async function runStages(
  plan: Plan,
  { open, there }: Standing,
  work: ObjectStore,
  runner: Runner,
  { signal, onProgress }: RunControls,
): Promise<StageDone[]> {
  const toRun = open.reduce((sum, stage) => sum + stage.length, 0);
  const began = performance.now();
  let done = 0;
  const stages: StageDone[] = [];
  for (const [s, stage] of plan.stages.entries()) {
    if (open[s].length === 0) {
      // Its drops may be there still, where a run was stopped just before.
      for (const drop of stage.drops ?? []) {
        if (there.has(drop)) await work.remove(outputKey(drop));
      }
      continue;
    }
    if (signal?.aborted) throw new AbortedError(plan.title);
    const heard = new Map<string, number>();
    const tell = () => {
      const step = done + heard.size;
      const stepsPerSecond = (1000 * step) / (performance.now() - began);
      onProgress?.({
        stage: stage.title,
        done: step / toRun,
        step,
        unit: 'tasks',
        ...(step > 0 && { stepsPerSecond }),
      });
    };
    tell();
    await runner.run(
      open[s],
      ({ name, seconds }) => {
        heard.set(name, seconds);
        tell();
      },
      signal,
    );
    const made = await stored(work, open[s]);
    const lost = open[s].find(({ name }) => !made.has(name));
    if (lost) {
      throw new InternalError(plan.title, `The output ${lost.name} is missing after its stage.`);
    }
    done += open[s].length;
    for (const drop of stage.drops ?? []) await work.remove(outputKey(drop));
    const seconds = [...heard.values()].reduce((sum, own) => sum + own, 0);
    stages.push({ title: stage.title, tasks: open[s].length, seconds });
  }
  return stages;
}

/** For each stage the tasks that must run: results, and what those that must run read, where it is not stored. */
export async function neededTasks(plan: Plan, work: ObjectStore): Promise<NamedTask[][]> {
  const tasks = plan.stages.flatMap((stage) => stage.tasks);
  return neededAmong(plan, await stored(work, tasks));
}

function neededAmong(plan: Plan, there: ReadonlySet<string>): NamedTask[][] {
  const wanted = new Set(resultsOf(plan));
  const open: NamedTask[][] = plan.stages.map(() => []);
  for (let s = plan.stages.length - 1; s >= 0; s--) {
    open[s] = plan.stages[s].tasks.filter(({ name }) => wanted.has(name) && !there.has(name));
    for (const { task } of open[s]) for (const input of task.inputs) wanted.add(input);
  }
  return open;
}

/** Below so many, each output is asked for; beyond, all are listed. */
const FEW = 16;

/** Which of the tasks have their output stored. */
async function stored(work: ObjectStore, tasks: readonly NamedTask[]): Promise<Set<string>> {
  const names = tasks.map(({ name }) => name);
  if (names.length > FEW) {
    const keys = new Set(await work.list(outputKey('')));
    return new Set(names.filter((name) => keys.has(outputKey(name))));
  }
  const sizes = await Promise.all(names.map((name) => work.size(outputKey(name))));
  return new Set(names.filter((_, i) => sizes[i] !== undefined));
}
