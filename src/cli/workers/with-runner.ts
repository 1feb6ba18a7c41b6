import { processorCount } from '#threads';
import type { RunControls } from '../../core/run.ts';
import { chooseEngine } from '../../engine/choose.ts';
import type { Engine } from '../../engine/engine.ts';
import { type Manifest, type ObjectStore, openStore } from '../../io/sharded/index.ts';
import type { Nodes } from '../../jobs/estimate.ts';
import type { RatesPlace } from '../../jobs/measure-rates.ts';
import type { Plan } from '../../jobs/plan.ts';
import { type PlanDone, type Runner, runPlan } from '../../jobs/run-plan.ts';
import type { Surroundings } from '../../jobs/run-task.ts';
import { inProcess } from '../../jobs/runners/in-process.ts';
import { joinWork } from '../../jobs/shared-work.ts';
import { withEngine } from '../engine.ts';
import { ProgressBar, say } from '../terminal.ts';
import type { WorkFlags } from './flags.ts';
import { ThreadPool } from './pool.ts';
import { printPlans, truthText } from './print-plans.ts';
import { threadsRunner } from './threads-runner.ts';

/** The table that is worked on. */
export interface WorkTable {
  readonly store: ObjectStore;
  readonly manifest: Manifest;
}

/** What a command gets to work with; whatever runs the tasks, the outputs are the same. */
export interface Work {
  /** Where the shards lie. */
  readonly table: ObjectStore;
  /** Where the outputs lie. */
  readonly work: ObjectStore;
  /** The engine of this process, for what is no task. */
  readonly engine: Engine;
  readonly runner: Runner;
  readonly controls: RunControls;
  /**
   * Runs a plan. Its outputs are removed when the command has ended well, unless --keep-work is given; where another command
   * is at work in the same store, by the last of them.
   */
  run(plan: Plan): Promise<PlanDone>;
  /** Removes an output that is needed no more, as soon as no other command can count on it. */
  discard(name: string): Promise<void>;
}

/** The plans of a command over a table; called also with a small sample of it, to measure what a task takes. */
export type PlansOf = (
  manifest: Manifest,
  engine: Engine['name'],
) => Promise<readonly Plan[]> | readonly Plan[];

/**
 * Gives `use` a runner as the flags say: this process, threads, or the workers at a queue. With `--plan` it says what the
 * plans take, runs nothing, and gives undefined.
 */
export async function withRunner<T>(
  flags: WorkFlags,
  table: WorkTable,
  plansOf: PlansOf,
  use: (work: Work) => Promise<T>,
  signal?: AbortSignal,
): Promise<T | undefined> {
  const work = flags.store === undefined ? table.store : openStore(flags.store);
  const bar = new ProgressBar(flags.quiet === true);
  const controls: RunControls = { signal, onProgress: bar.update };
  const names = new Set<string>();
  return withEngine(flags, async (engine) => {
    const places = { table: table.store, work, engine };
    if (flags.plan) return printed(flags, { ...places, manifest: table.manifest }, plansOf);
    const { runner, close } = await openRunner(flags, places);
    const presence = await joinWork(work);
    const tell = async (plan: Plan, done: PlanDone) => {
      const place = { ...places, manifest: table.manifest };
      const text = await truthText(place, taskThreads(flags), nodesOf(flags), plan, done);
      bar.clear();
      if (text !== undefined && !flags.quiet) say(text);
    };
    try {
      const used = await use({
        ...places,
        runner: remembering(runner, names),
        controls,
        discard: presence.discard,
        async run(plan) {
          const done = await runPlan(plan, work, remembering(runner, names), controls);
          await tell(plan, done);
          return done;
        },
      });
      await presence.leave(flags.keepWork ? [] : names);
      return used;
    } catch (cause) {
      await presence.leave().catch(() => {});
      throw cause;
    } finally {
      bar.clear();
      await close();
    }
  });
}

/** What computes, as the flags say, and how it is ended. */
async function openRunner(
  flags: WorkFlags,
  places: Surroundings,
): Promise<{ readonly runner: Runner; close(): Promise<void> }> {
  const { table, work } = places;
  if (flags.queue !== undefined) return openQueueRunner(flags, flags.queue, table, work);
  if (flags.workers === undefined) return { runner: inProcess(places), close: async () => {} };
  const pool = new ThreadPool({ size: flags.workers, threads: flags.threads });
  const addresses = { table: table.address, work: work.address };
  return { runner: threadsRunner(pool, addresses), close: () => pool.end() };
}

async function openQueueRunner(
  { workers, quiet }: WorkFlags,
  queue: string | true,
  table: ObjectStore,
  work: ObjectStore,
) {
  const { queueAddress } = await import('./queue/address.ts');
  const { queueRunner } = await import('./queue/queue-runner.ts');
  const { localWorkers } = await import('./local-workers.ts');
  const address = queueAddress(queue);
  const command = ['tammes', ...process.argv.slice(2)];
  const runner = await queueRunner({ address, table, work, command, say: quiet ? () => {} : say });
  const processes = localWorkers(address, workers ?? 0);
  return {
    runner,
    async close() {
      await Promise.all([runner.close(), processes.end()]);
    },
  };
}

/** Says what the plans take. */
async function printed(flags: WorkFlags, place: RatesPlace, plansOf: PlansOf): Promise<undefined> {
  const { name } = place.engine;
  const threads = taskThreads(flags);
  const engine = await chooseEngine(name, { threads });
  try {
    const plans = (manifest: Manifest) => plansOf(manifest, name);
    const own = { ...place, engine };
    await printPlans(own, plans, nodesOf(flags), threads, flags.json === true);
  } finally {
    await engine.dispose();
  }
}

/** Threads that compute one task. */
const taskThreads = ({ threads, workers, queue }: WorkFlags): number =>
  queue !== undefined ? 1 : (threads ?? (workers === undefined ? processorCount() : 1));

/** The machines that the flags state; without any, this one. */
function nodesOf({ nodes, nodeThreads, nodePrice, bandwidth, workers }: WorkFlags): Nodes {
  const stated = nodes !== undefined || nodeThreads !== undefined;
  const threads = nodeThreads ?? (stated ? processorCount() : (workers ?? 1));
  return { nodes: nodes ?? 1, threads, price: nodePrice, bandwidth };
}

/** The same runner, which remembers what the plans store. */
function remembering(runner: Runner, names: Set<string>): Runner {
  return {
    async begin(plan, toRun) {
      for (const { tasks } of plan.stages) for (const { name } of tasks) names.add(name);
      await runner.begin?.(plan, toRun);
    },
    run: (tasks, onDone, signal) => runner.run(tasks, onDone, signal),
    end: async (cause) => runner.end?.(cause),
  };
}
