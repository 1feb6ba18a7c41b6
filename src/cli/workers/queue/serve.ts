import type { Job, Worker } from 'bullmq';
import { failureOf, LOST } from '../../../jobs/failure.ts';
import type { ThreadPool } from '../pool.ts';
import type { QueueAddress } from './address.ts';
import { Board, isLed } from './board.ts';
import type { JobData, JobDone } from './job.ts';
import { aborted, pause } from './pause.ts';
import { type Connected, connectRedis } from './redis.ts';

export interface ServeOptions {
  readonly pool: ThreadPool;
  /** What the worker is called in lists. */
  readonly name: string;
  /** End when for so many seconds no plan was led and nothing waited. */
  readonly once?: number | undefined;
  /** Seconds of silence after which another worker may take a task that this one holds. */
  readonly lockSeconds: number;
  /** Seconds that running tasks get to end when the worker is asked to stop; then they are given back. */
  readonly graceSeconds: number;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Begun so many times by workers that fell silent, a task is given up. */
const SILENT_BEGINNINGS = 5;

/** Takes tasks from a queue until it is asked to stop. This thread only speaks to the queue: it must answer in time. */
export async function serve(address: QueueAddress, options: ServeOptions): Promise<void> {
  const { pool, name, lockSeconds, say, signal } = options;
  const connected = await connectRedis(address, {
    onLost: () => say(`${address.shown} does not answer; the worker waits for it.`),
    onBack: () => say(`${address.shown} answers again.`),
  });
  const givingBack = new AbortController();
  const worker: Worker<JobData, JobDone> = new connected.bull.Worker<JobData, JobDone>(
    address.queue,
    (job, token) => computed(job, token),
    {
      connection: connected.redis,
      name,
      concurrency: pool.size,
      lockDuration: 1000 * lockSeconds,
      stalledInterval: 500 * lockSeconds,
      maxStalledCount: SILENT_BEGINNINGS,
      removeOnComplete: { count: 0 },
      drainDelay: 5,
    },
  );
  // Whatever is lost here is found by the store and by the locks.
  worker.on('error', () => {});
  worker.on('failed', (job, { message }) => say(`${job?.name ?? 'a task'} failed: ${message}`));

  async function computed(job: Job<JobData, JobDone>, token?: string): Promise<JobDone> {
    try {
      return { ...(await pool.run(job.data, givingBack.signal)), worker: name };
    } catch (cause) {
      if (givingBack.signal.aborted) {
        await job.moveToWait(token);
        throw new connected.bull.WaitingError();
      }
      const failure = failureOf(cause);
      const text = JSON.stringify({ ...failure, worker: name });
      throw failure.code === LOST ? new Error(text) : new connected.bull.UnrecoverableError(text);
    }
  }

  await worker.waitUntilReady();
  say(`${name} serves ${address.shown}, ${pool.size} tasks at a time.`);
  try {
    await (options.once ? nothingLeft(connected, address, options.once, signal) : aborted(signal));
  } finally {
    await closed(worker, givingBack, options.graceSeconds);
    connected.redis.disconnect();
  }
}

/** Waits for running tasks, but not for ever: what goes on after the grace is given back to the queue. */
async function closed(worker: Worker, givingBack: AbortController, grace: number): Promise<void> {
  const close = worker.close().catch(() => {});
  const late = setTimeout(() => givingBack.abort(), 1000 * grace);
  // A Redis that is away cannot be told; the locks end by themselves.
  const given = new Promise<void>((done) => setTimeout(done, 1000 * (grace + 5)).unref());
  await Promise.race([close, given]);
  clearTimeout(late);
}

/** Returns when no plan was led, and no task waited or ran, for so many seconds. */
async function nothingLeft(
  { redis, bull }: Connected,
  address: QueueAddress,
  seconds: number,
  signal: AbortSignal,
): Promise<void> {
  const board = new Board(redis, address);
  const queue = new bull.Queue(address.queue, { connection: redis });
  queue.on('error', () => {});
  for (let idle = 0; idle < seconds && !signal.aborted; idle++) {
    await pause(1, signal);
    const [plans, now] = [await board.plans(), await board.now()];
    const jobs = await queue.getJobCountByTypes('waiting', 'active', 'delayed');
    if (jobs > 0 || plans.some((plan) => isLed(plan, now))) idle = -1;
  }
  await queue.close().catch(() => {});
}
