import type { Queue, QueueEvents } from 'bullmq';
import { AbortedError } from '../../../core/errors.ts';
import type { ObjectStore } from '../../../io/sharded/index.ts';
import { errorOf, type Failure, LOST } from '../../../jobs/failure.ts';
import type { NamedTask } from '../../../jobs/plan.ts';
import type { TaskDone } from '../../../jobs/run-task.ts';
import { outputKey } from '../../../jobs/task.ts';
import type { Addresses } from '../protocol.ts';
import { type JobData, type JobDone, jobIds, jobOptions } from './job.ts';
import { aborted, pause } from './pause.ts';

export interface QueueStageOptions extends Addresses {
  /** Id of the plan, for lists and to stop it. */
  readonly plan: string;
  /** The store of the outputs, opened here: what is there is done, whatever the queue says. */
  readonly outputs: ObjectStore;
  readonly queue: Queue<JobData, JobDone>;
  readonly events: QueueEvents;
  /** Seconds between looks at the store and the queue. */
  readonly lookSeconds?: number | undefined;
  /** Called at each look; throws where the plan is to stop. */
  readonly onLook?: (() => Promise<void>) | undefined;
}

/** Jobs of one stage in the queue at once: a plan of millions takes no more of the memory of Redis. */
const AT_ONCE = 8000;
/** Jobs that are added in one go. */
const BATCH = 500;
/** Jobs that are looked after at one look. */
const LOOKED_AT = 64;
const LOOK_SECONDS = 2;

/** A job in the queue, or about to be. */
interface Open {
  readonly id: string;
  readonly named: NamedTask;
}

/**
 * The tasks of one stage for the workers at a queue. Events of the queue say early what is done; the store says it in the
 * end, so that no event must arrive, and a queue that lost its jobs gets them again.
 */
export class QueueStage {
  readonly #options: QueueStageOptions;
  readonly #lookSeconds: number;
  readonly #onDone: (done: TaskDone) => void;
  readonly #open = new Map<string, Open>();
  readonly #stop = new AbortController();
  #waiting: Open[] = [];
  #failure: unknown;
  #isForgotten = false;

  constructor(options: QueueStageOptions, onDone: (done: TaskDone) => void) {
    this.#options = options;
    this.#lookSeconds = options.lookSeconds ?? LOOK_SECONDS;
    this.#onDone = onDone;
  }

  /** Returns when all outputs are there. */
  async run(tasks: readonly NamedTask[], signal?: AbortSignal): Promise<void> {
    const { queue, events } = this.#options;
    const idOf = await jobIds(this.#options);
    this.#waiting = tasks.map((named) => ({ id: idOf(named), named })).reverse();
    const onAbort = () => this.#end(new AbortedError('queue'));
    signal?.addEventListener('abort', onAbort);
    if (signal?.aborted) onAbort();
    events.on('completed', this.#onCompleted);
    events.on('failed', this.#onFailed);
    try {
      for (const part of [this.#feed(), this.#look()]) part.catch((cause) => this.#end(cause));
      await aborted(this.#stop.signal);
      if (this.#failure) throw this.#failure;
    } finally {
      events.off('completed', this.#onCompleted);
      events.off('failed', this.#onFailed);
      signal?.removeEventListener('abort', onAbort);
      await withdrawn(queue, [...this.#open.keys()]);
    }
  }

  readonly #onCompleted = ({ jobId, returnvalue }: { jobId: string; returnvalue: unknown }) =>
    this.#finish(jobId, (returnvalue as JobDone | null)?.seconds);

  readonly #onFailed = ({ jobId, failedReason }: { jobId: string; failedReason: string }) =>
    this.#lose(jobId, failedReason);

  #end(cause?: unknown): void {
    this.#failure ??= cause;
    this.#stop.abort();
  }

  #finish(id: string, seconds = 0): void {
    const found = this.#open.get(id);
    if (!found) return;
    this.#open.delete(id);
    this.#onDone({ name: found.named.name, seconds });
    if (this.#open.size === 0 && this.#waiting.length === 0) this.#end();
  }

  #lose(id: string, reason: string): void {
    const found = this.#open.get(id);
    if (found) this.#end(errorOf(readFailure(found.named, reason)));
  }

  /** Keeps the queue filled. */
  async #feed(): Promise<void> {
    const { signal } = this.#stop;
    await forgetFailed(this.#options.queue, new Set(this.#waiting.map(({ id }) => id)));
    while (this.#waiting.length > 0 && !signal.aborted) {
      if (this.#open.size > AT_ONCE - BATCH) {
        await pause(0.05, signal);
        continue;
      }
      const batch = this.#waiting.splice(-BATCH).reverse();
      for (const one of batch) this.#open.set(one.id, one);
      await this.#add(batch);
    }
  }

  async #add(batch: readonly Open[]): Promise<void> {
    const { queue, plan, table, work } = this.#options;
    await queue.addBulk(
      batch.map(({ id, named: { task } }) => ({
        name: task.operation,
        data: { plan, task, table, work },
        opts: { ...jobOptions, jobId: id },
      })),
    );
  }

  /** Looks after the jobs in turn: whose output is there, which failed, which the queue knows no more. */
  async #look(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      await pause(this.#lookSeconds, signal);
      if (signal.aborted) return;
      // A Redis that is away answers nothing until it is back; the store is looked at all the same.
      const told = this.#options.onLook?.().catch((cause) => this.#end(cause));
      await Promise.race([told, pause(this.#lookSeconds, signal)]);
      const some = [...this.#open.values()].slice(0, LOOKED_AT);
      const silent = pause(this.#lookSeconds, signal).then(() => 'silent' as const);
      await Promise.all(some.map((one) => this.#lookAt(one, silent)));
      // Those that were looked at come last the next time.
      for (const one of some) if (this.#open.delete(one.id)) this.#open.set(one.id, one);
      if (this.#isForgotten && !signal.aborted) await this.#addAgain();
    }
  }

  /** One job that the queue has lost is seldom alone; those that it has are not added twice. */
  async #addAgain(): Promise<void> {
    this.#isForgotten = false;
    const all = [...this.#open.values()];
    for (let at = 0; at < all.length; at += BATCH) await this.#add(all.slice(at, at + BATCH));
  }

  async #lookAt(one: Open, silent: Promise<'silent'>): Promise<void> {
    const { queue, outputs } = this.#options;
    const { signal } = this.#stop;
    // First the queue, then the store: a job that ends in between is found there.
    const state = await Promise.race([queue.getJobState(one.id), silent]);
    const isThere = (await outputs.size(outputKey(one.named.name))) !== undefined;
    if (isThere) return this.#finish(one.id);
    if (state === 'failed') {
      const job = await queue.getJob(one.id);
      if (job) this.#lose(one.id, job.failedReason ?? '');
    }
    if (state === 'unknown' && this.#open.has(one.id) && !signal.aborted) this.#isForgotten = true;
  }
}

/** Jobs that failed before would keep their ids from being added again. */
async function forgetFailed(queue: Queue, ids: ReadonlySet<string>): Promise<void> {
  for (const job of await queue.getFailed(0, -1)) {
    if (job.id !== undefined && ids.has(job.id)) await job.remove();
  }
}

/** Takes back what no worker has begun; nobody waits for it any more. */
async function withdrawn(queue: Queue, ids: readonly string[]): Promise<void> {
  const all = (async () => {
    for (let at = 0; at < ids.length; at += BATCH) {
      const some = ids.slice(at, at + BATCH);
      // A job that runs is locked and stays.
      await Promise.all(some.map((id) => queue.remove(id).catch(() => 0)));
    }
  })();
  await Promise.race([all, pause(10)]);
}

/** What a worker, or the queue itself, says of a job that failed. */
function readFailure({ name, task }: NamedTask, reason: string): Failure {
  try {
    const { code, sentence, worker } = JSON.parse(reason) as Failure & { worker: string };
    if (code !== LOST) return { code, sentence };
    const text = `${task.operation}: the threads of a task ended each time it was begun; the last time on ${worker}: ${sentence}`;
    return { code, sentence: text };
  } catch {
    const text = `${task.operation}: the workers of the task ${name.slice(0, 12)} fell silent each time (${reason}).`;
    return { code: LOST, sentence: text };
  }
}
