import { AbortedError, InternalError } from '../core/errors.ts';
import type { Progress, RunControls } from '../core/run.ts';
import type { ObjectStore } from '../io/sharded/index.ts';
import { type NamedTask, namesOf, type Plan, type Stage } from './plan.ts';
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
 * purpose or not, so goes on where it was; whoever runs it, and however often, ends with the same bytes. What another
 * command removes meanwhile is made again.
 */
export async function runPlan(
  plan: Plan,
  work: ObjectStore,
  runner: Runner,
  controls: RunControls = {},
): Promise<PlanDone> {
  const began = performance.now();
  let standing = await standingOf(plan, work);
  const tasks = plan.stages.reduce((sum, stage) => sum + stage.tasks.length, 0);
  const stages: StageDone[] = [];
  let ran = countOf(standing.open);
  await runner.begin?.(plan, ran);
  try {
    for (let again = 0; ; again++) {
      const course = { standing, stages, began };
      const lost = await runStages(plan, course, work, runner, controls);
      if (!lost) break;
      if (again === TIMES_AGAIN) throw lost.cause;
      standing = await standingOf(plan, work);
      ran += countOf(standing.open);
    }
    await runner.end?.();
    return { tasks, ran, seconds: (performance.now() - began) / 1000, stages };
  } catch (cause) {
    await runner.end?.(cause);
    throw cause;
  }
}

/** How often a plan begins again because outputs that it read were removed. */
const TIMES_AGAIN = 3;

/** Where a plan stands when it begins. */
interface Standing {
  /** For each stage the tasks that must run. */
  readonly open: readonly (readonly NamedTask[])[];
  /** Tasks whose output is stored. */
  readonly there: ReadonlySet<string>;
}

async function standingOf(plan: Plan, work: ObjectStore): Promise<Standing> {
  const there = await stored(
    work,
    plan.stages.flatMap(({ tasks }) => tasks),
  );
  return { open: neededAmong(plan, there), there };
}

const countOf = (open: Standing['open']): number =>
  open.reduce((sum, { length }) => sum + length, 0);

interface Course {
  readonly standing: Standing;
  /** What ran so far; more is added. */
  readonly stages: StageDone[];
  readonly began: number;
}

/** Runs the stages; returns what went wrong where outputs that were there are gone. */
async function runStages(
  plan: Plan,
  { standing: { open, there }, stages, began }: Course,
  work: ObjectStore,
  runner: Runner,
  { signal, onProgress }: RunControls,
): Promise<{ readonly cause: unknown } | undefined> {
  const toRun = countOf(open);
  let done = 0;
  for (const [s, stage] of plan.stages.entries()) {
    if (open[s].length === 0) {
      // Its drops may be there still, where a run was stopped just before.
      await removeAll(
        work,
        (stage.drops ?? []).filter((drop) => there.has(drop)),
      );
      continue;
    }
    if (signal?.aborted) throw new AbortedError(plan.title);
    const heard = new Map<string, number>();
    const tell = () => onProgress?.(progressOf(stage, done + heard.size, toRun, began));
    tell();
    try {
      const onDone = ({ name, seconds }: TaskDone) => {
        heard.set(name, seconds);
        tell();
      };
      await runner.run(open[s], onDone, signal);
    } catch (cause) {
      if (signal?.aborted || (await areThere(plan, open[s], work))) throw cause;
      return { cause };
    }
    const made = await stored(work, open[s]);
    const lost = open[s].find(({ name }) => !made.has(name));
    if (lost) {
      const what = `The output ${lost.name} is missing after its stage.`;
      return { cause: new InternalError(plan.title, what) };
    }
    done += open[s].length;
    await removeAll(work, stage.drops ?? []);
    const seconds = [...heard.values()].reduce((sum, own) => sum + own, 0);
    stages.push({ title: stage.title, tasks: open[s].length, seconds });
  }
  return undefined;
}

function progressOf({ title }: Stage, step: number, toRun: number, began: number): Progress {
  const stepsPerSecond = (1000 * step) / (performance.now() - began);
  const rate = step > 0 && { stepsPerSecond };
  return { stage: title, done: step / toRun, step, unit: 'tasks', ...rate };
}

async function removeAll(work: ObjectStore, names: readonly string[]): Promise<void> {
  for (const name of names) await work.remove(outputKey(name));
}

/** Whether what the tasks read of the plan's own is stored, or they are done. */
async function areThere(
  plan: Plan,
  tasks: readonly NamedTask[],
  work: ObjectStore,
): Promise<boolean> {
  const own = new Map(plan.stages.flatMap(({ tasks: of }) => of.map((task) => [task.name, task])));
  const done = await stored(work, tasks);
  const open = tasks.filter(({ name }) => !done.has(name));
  const read = new Set(open.flatMap(({ task }) => task.inputs));
  const inputs = [...read].flatMap((name) => own.get(name) ?? []);
  return (await stored(work, inputs)).size === inputs.length;
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
