import { setMaxListeners } from 'node:events';
import { Worker } from 'node:worker_threads';
import { AbortedError, TammesError } from '../../core/errors.ts';
import { errorOf, LOST } from '../../jobs/failure.ts';
import type { TaskDone } from '../../jobs/run-task.ts';
import type { ThreadAnswer, ThreadData, ThreadRequest } from './protocol.ts';

/** How many threads, and of how many threads the engine of each is. */
export interface PoolOptions {
  readonly size: number;
  readonly threads?: number | undefined;
  /** What a thread runs, where it is not `thread.ts`. */
  readonly program?: URL | undefined;
}

/**
 * Threads that compute tasks, so that the thread which asks stays free to answer. A thread that ends while it computes is
 * replaced by the next request; its task is refused with the code `lost`.
 */
export class ThreadPool {
  readonly size: number;
  readonly #data: ThreadData;
  readonly #program: URL;
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, (cause: Error) => void>();
  readonly #waiting: (() => void)[] = [];
  #ended = false;

  constructor({ size, threads = 1, program }: PoolOptions) {
    this.size = size;
    this.#data = { threads };
    this.#program = program ?? new URL('./thread.js', import.meta.url);
  }

  /** Computes a task on a thread; a signal ends that thread. */
  async run(request: ThreadRequest, signal?: AbortSignal): Promise<TaskDone> {
    while (this.#busy.size >= this.size) {
      await new Promise<void>((free) => this.#waiting.push(free));
    }
    const { operation } = request.task;
    if (this.#ended || signal?.aborted) throw new AbortedError(operation);
    const worker = this.#idle.pop() ?? this.#started();
    const stop = () => this.#lose(worker, new AbortedError(operation));
    // One for each thread, which may be many.
    if (signal) setMaxListeners(0, signal);
    signal?.addEventListener('abort', stop);
    try {
      return await new Promise<TaskDone>((done, fail) => {
        this.#busy.set(worker, fail);
        worker.once('message', (answer: ThreadAnswer) => {
          this.#busy.delete(worker);
          this.#idle.push(worker);
          worker.unref();
          if ('done' in answer) done(answer.done);
          else fail(errorOf(answer.failed));
        });
        // A thread keeps the process alive while it computes, and only then.
        worker.ref();
        worker.postMessage(request);
      });
    } finally {
      signal?.removeEventListener('abort', stop);
      this.#waiting.shift()?.();
    }
  }

  /** Ends all threads; what they compute is refused as aborted. */
  async end(): Promise<void> {
    this.#ended = true;
    const workers = [...this.#idle, ...this.#busy.keys()];
    for (const worker of workers) this.#lose(worker, new AbortedError('worker'));
    for (const free of this.#waiting.splice(0)) free();
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  #started(): Worker {
    const worker = new Worker(this.#program, { workerData: this.#data });
    const lost = (why: string) =>
      this.#lose(worker, new TammesError(LOST, `worker: the thread of a task ended (${why}).`));
    worker.on('error', (cause) => lost(cause.message));
    worker.on('exit', (code) => lost(`exit code ${code}`));
    worker.unref();
    return worker;
  }

  #lose(worker: Worker, cause: Error): void {
    const at = this.#idle.indexOf(worker);
    if (at >= 0) this.#idle.splice(at, 1);
    const fail = this.#busy.get(worker);
    this.#busy.delete(worker);
    void worker.terminate();
    fail?.(cause);
  }
}
