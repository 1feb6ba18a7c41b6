import { InputError } from '../../../core/errors.ts';
import type { RunControls } from '../../../core/run.ts';
import { openStore } from '../../../io/sharded/index.ts';
import { type PlanDone, runPlan } from '../../../jobs/run-plan.ts';
import { joinWork } from '../../../jobs/shared-work.ts';
import type { QueueAddress } from './address.ts';
import { isLed, type PlanRecord } from './board.ts';
import { keptPlan } from './kept-plan.ts';
import type { OpenQueue } from './open-queue.ts';
import { queueRunner } from './queue-runner.ts';

/** A plan as `tammes jobs` tells it. */
export interface ListedPlan extends PlanRecord {
  /** Whether a process leads it now. */
  readonly led: boolean;
  /** Tasks a second since it began; null where none is done. */
  readonly rate: number | null;
  /** Seconds that it needs at this rate; null where it does not run. */
  readonly left: number | null;
}

export interface ListedJobs {
  readonly plans: readonly ListedPlan[];
  /** Names of the workers that are connected. */
  readonly workers: readonly string[];
  /** Tasks that wait, that are computed, and that failed within a day. */
  readonly waiting: number;
  readonly active: number;
  readonly failed: number;
}

/** What runs at a queue. */
export async function listedJobs({ queue, board }: OpenQueue): Promise<ListedJobs> {
  const [plans, now, workers, counts] = await Promise.all([
    board.plans(),
    board.now(),
    queue.getWorkers(),
    queue.getJobCounts('waiting', 'delayed', 'active', 'failed'),
  ]);
  const { waiting = 0, delayed = 0, active = 0, failed = 0 } = counts;
  return {
    plans: plans.map((plan) => listed(plan, now)),
    // Connections are named bull:QUEUE:w:WORKER.
    workers: workers.map(({ rawname = '' }) => rawname.split(':w:')[1] ?? '').sort(),
    waiting: waiting + delayed,
    active,
    failed,
  };
}

function listed(plan: PlanRecord, now: number): ListedPlan {
  const led = isLed(plan, now);
  const { done, toRun, began, heard } = plan;
  const rate = done > 0 && heard > began ? done / (heard - began) : null;
  return { ...plan, led, rate, left: led && rate !== null ? (toRun - done) / rate : null };
}

async function planOf({ board }: OpenQueue, id: string): Promise<PlanRecord> {
  const plans = await board.plans();
  const found = plans.filter((plan) => plan.id.startsWith(id));
  if (found.length === 1) return found[0];
  const known = plans.map((plan) => plan.id).join(', ') || 'none';
  const which = found.length === 0 ? 'no plan' : 'more than one plan';
  throw new InputError('jobs', `${which} has the id ${JSON.stringify(id)}; there are: ${known}.`);
}

/** Jobs that are looked through in one go. */
const PAGE = 1000;

/** Stops a plan: what waits is taken back, what is computed is finished, its outputs stay. */
export async function stopJob(open: OpenQueue, id: string): Promise<PlanRecord> {
  const { queue, board } = open;
  const plan = await planOf(open, id);
  if (plan.state !== 'running') {
    throw new InputError('jobs', `the plan ${plan.id} does not run: it is ${plan.state}.`);
  }
  await board.askToStop(plan.id);
  for (let from = 0; ; ) {
    const jobs = await queue.getWaiting(from, from + PAGE - 1);
    const own = jobs.filter(({ data }) => data.plan === plan.id);
    await Promise.all(own.map(({ id: job = '' }) => queue.remove(job).catch(() => 0)));
    if (jobs.length < PAGE) break;
    from += PAGE - own.length;
  }
  const stopped = { ...plan, state: 'stopped', sentence: 'stopped by tammes jobs stop.' } as const;
  if (!isLed(plan, await board.now())) await board.write(stopped);
  return stopped;
}

/** Leads a plan on that was stopped, that failed, or whose process is gone. */
export async function resumeJob(
  open: OpenQueue,
  address: QueueAddress,
  id: string,
  say: (line: string) => void,
  controls: RunControls,
): Promise<{ readonly plan: PlanRecord; readonly done: PlanDone }> {
  const plan = await planOf(open, id);
  if (isLed(plan, await open.board.now())) {
    throw new InputError('jobs', `the plan ${plan.id} runs already, led by ${plan.by}.`);
  }
  const [table, work] = [openStore(plan.table), openStore(plan.work)];
  const kept = await keptPlan(work, plan.id);
  const runner = await queueRunner({ address, table, work, command: [plan.command], say });
  const presence = await joinWork(work);
  try {
    return { plan, done: await runPlan(kept, work, runner, controls) };
  } finally {
    await presence.leave().catch(() => {});
    await runner.close();
  }
}
