import { hostname } from 'node:os';
import { AbortedError, TammesError } from '../../../core/errors.ts';
import { sha256 } from '../../../core/sha256.ts';
import type { ObjectStore } from '../../../io/sharded/index.ts';
import { failureOf } from '../../../jobs/failure.ts';
import type { Plan } from '../../../jobs/plan.ts';
import { type Runner, resultsOf } from '../../../jobs/run-plan.ts';
import { requireShared } from '../threads-runner.ts';
import { type QueueAddress, shownWords } from './address.ts';
import type { PlanRecord, PlanState } from './board.ts';
import { forgetPlan, keepPlan } from './kept-plan.ts';
import { openQueue } from './open-queue.ts';
import { pause } from './pause.ts';

import { QueueStage } from './stage.ts';

export interface QueueRunnerOptions {
  readonly address: QueueAddress;
  readonly table: ObjectStore;
  readonly work: ObjectStore;
  /** The command that runs, for `tammes jobs`. */
  readonly command?: readonly string[] | undefined;
  readonly lookSeconds?: number | undefined;
  readonly say: (line: string) => void;
}

/** A runner that hands tasks to the workers at a queue, and the end of its connections. */
export interface QueueRunner extends Runner {
  close(): Promise<void>;
}

/** Connects to a queue; refuses in a sentence where no Redis answers. */
export async function queueRunner(options: QueueRunnerOptions): Promise<QueueRunner> {
  const { address, table, work, say } = options;
  const places = { table: table.address, work: work.address };
  requireShared(places);
  const { queue, events, board, close } = await openQueue(address, say);
  let record: PlanRecord | undefined;
  const told = async (change: Partial<PlanRecord>) => {
    if (!record) return;
    record = { ...record, ...change, heard: await board.now() };
    await board.write(record);
  };
  return {
    async begin(plan, toRun) {
      const id = await planId(plan, work);
      await board.clearStop(id);
      await keepPlan(work, id, plan);
      const now = await board.now();
      const counts = { tasks: countOf(plan), toRun, done: 0 };
      const command = shownWords(options.command ?? [], address).join(' ');
      const base = { id, title: plan.title, command, ...places, ...counts };
      record = {
        ...base,
        by: `${hostname()}:${process.pid}`,
        began: now,
        heard: now,
        state: 'running',
      };
      await board.write(record);
    },
    async run(tasks, onDone, signal) {
      const { id = 'alone', title = '' } = record ?? {};
      let done = record?.done ?? 0;
      const stage = new QueueStage(
        {
          plan: id,
          ...places,
          outputs: work,
          queue,
          events,
          lookSeconds: options.lookSeconds,
          async onLook() {
            await told({ done });
            if (await board.isAskedToStop(id)) throw stoppedError(title, id);
          },
        },
        (one) => {
          done++;
          onDone(one);
        },
      );
      await stage.run(tasks, signal);
      await told({ done });
    },
    async end(cause) {
      // A Redis that is away must not keep the run from ending.
      await Promise.race([told(ending(cause)), pause(2)]);
      if (record && cause === undefined) await forgetPlan(work, record.id);
      record = undefined;
    },
    close,
  };
}

/** Names a plan by what it gives and where: the same command is the same plan. */
async function planId(plan: Plan, work: ObjectStore): Promise<string> {
  const text = JSON.stringify([plan.title, resultsOf(plan), work.address]);
  return (await sha256(new TextEncoder().encode(text))).slice(0, 12);
}

const countOf = ({ stages }: Plan): number =>
  stages.reduce((sum, { tasks }) => sum + tasks.length, 0);

function ending(cause: unknown): Partial<PlanRecord> {
  if (cause === undefined) return { state: 'done' };
  const { code, sentence } = failureOf(cause);
  const stopped = cause instanceof AbortedError || code === 'stopped';
  return { state: (stopped ? 'stopped' : 'failed') satisfies PlanState, sentence };
}

/** What a plan that was stopped from outside ends with. */
const stoppedError = (title: string, id: string): TammesError =>
  new TammesError(
    'stopped',
    `${title}: stopped by tammes jobs stop; the same command, or tammes jobs resume ${id}, goes on.`,
  );
