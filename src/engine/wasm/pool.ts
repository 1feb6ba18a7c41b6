import {
  canShareMemory,
  canStartThreads,
  processorCount,
  startThread,
  type Thread,
} from '#threads';
import { AbortedError, InternalError, UnsupportedError } from '../../core/errors.ts';
import type { MaybePromise, Work } from '../engine.ts';
import { TURN_MS } from '../in-turns.ts';
import { yieldToEventLoop } from '../yield.ts';
import {
  ACTIVE,
  CONTROL_WORDS,
  COUNT,
  EPOCH,
  ERROR_BYTES,
  ERROR_TEXT,
  FAILED,
  JOB,
  KERNEL,
  NEXT,
  OPEN,
  SCRATCH,
  SCRATCH_BYTES,
  STOP,
  WORKER_TEXT,
} from './control.ts';
import { KernelMemory } from './memory.ts';
import {
  instantiate,
  KERNEL_NAMES,
  type KernelExports,
  type KernelName,
  kernelModule,
} from './module.ts';

/** Below this many operations (about 0.2 ms) a job is not worth waking another thread. */
const WORTH_SHARING = 4e6;

/** How long to spin for the last tasks of other threads before letting the event loop run. */
const SPIN_MS = 2;

export interface Job {
  readonly kernel: KernelName;
  readonly tasks: number;
  /** Address of the description that the kernel reads. */
  readonly address: number;
  /** Bytes of scratch memory for each thread. */
  readonly scratchBytes: number;
  /** About how many arithmetic operations there are. */
  readonly operations: number;
}

/**
 * The calling thread and its workers. All take tasks from one counter; the calling thread stops every
 * 16 ms to let the event loop run. A job short enough for one turn is done when `run` returns.
 */
export class KernelPool {
  readonly memory: KernelMemory;
  readonly threads: number;
  readonly #module: WebAssembly.Module;
  /** The memory that the kernels and the workers are bound to. */
  #bound: WebAssembly.Memory;
  #kernels: KernelExports;
  #workers: Thread[] = [];
  #failure: Error | undefined;
  #ended = false;

  private constructor(module: WebAssembly.Module, memory: KernelMemory, threads: number) {
    this.#module = module;
    this.memory = memory;
    this.threads = threads;
    this.#bound = memory.memory;
    this.#kernels = instantiate(module, this.#bound);
    memory.begin(this.#kernels.first_free());
  }

  /** Threads default to one per processor; there is only one where memory cannot be shared or threads are forbidden. */
  static async start(threads = processorCount()): Promise<KernelPool> {
    const count = threads > 1 && canShareMemory && (await canStartThreads()) ? threads : 1;
    const shared = count > 1;
    return new KernelPool(await kernelModule(shared), new KernelMemory(shared), count);
  }

  run(where: string, job: Job, work: Work = {}): MaybePromise<void> {
    if (this.#ended) throw new UnsupportedError(where, 'this engine has been disposed of.');
    const scratch = this.memory.take(job.scratchBytes * this.threads);
    if (this.memory.memory !== this.#bound) this.#bind();
    this.#open(job, scratch);
    const kernel = this.#kernels[job.kernel];
    const control = this.#control;
    const turn = (): boolean => {
      if (work.signal?.aborted) throw new AbortedError(where);
      const end = performance.now() + TURN_MS;
      for (;;) {
        const task = Atomics.add(control, NEXT, 1);
        if (task >= job.tasks) break;
        kernel(job.address, task, scratch);
        if (performance.now() >= end) break;
      }
      const next = Math.min(Atomics.load(control, NEXT), job.tasks);
      work.onProgress?.(job.tasks === 0 ? 1 : next / job.tasks);
      return next >= job.tasks;
    };
    try {
      if (turn() && this.#closeAtOnce()) return this.#check(where);
    } catch (error) {
      Atomics.store(control, FAILED, 1);
      return this.#close().then(() => Promise.reject(error));
    }
    return this.#finish(where, turn);
  }

  async end(): Promise<void> {
    this.#ended = true;
    await this.#endWorkers();
  }

  /** Moves to a new memory; the workers of the old one end, and new ones start when they are wanted. */
  #bind(): void {
    void this.#endWorkers();
    this.#bound = this.memory.memory;
    this.#kernels = instantiate(this.#module, this.#bound);
  }

  async #endWorkers(): Promise<void> {
    const control = new Int32Array(this.#bound.buffer, 0, CONTROL_WORDS);
    Atomics.store(control, STOP, 1);
    Atomics.add(control, EPOCH, 1);
    Atomics.notify(control, EPOCH);
    const workers = this.#workers;
    this.#workers = [];
    await Promise.all(workers.map((worker) => worker.end()));
  }

  get #control(): Int32Array {
    return this.memory.integers(0, CONTROL_WORDS);
  }

  async #finish(where: string, turn: () => boolean): Promise<void> {
    try {
      do await yieldToEventLoop();
      while (!turn());
    } finally {
      await this.#close();
    }
    this.#check(where);
  }

  #open(job: Job, scratch: number): void {
    const control = this.#control;
    control[KERNEL] = KERNEL_NAMES.indexOf(job.kernel);
    control[JOB] = job.address;
    control[SCRATCH] = scratch;
    control[SCRATCH_BYTES] = job.scratchBytes;
    control[COUNT] = job.tasks;
    control[NEXT] = 0;
    control[FAILED] = 0;
    if (this.threads === 1 || job.operations < WORTH_SHARING || job.tasks < 2) return;
    this.#startWorkers();
    Atomics.store(control, OPEN, 1);
    this.#wake();
  }

  #wake(): void {
    Atomics.add(this.#control, EPOCH, 1);
    Atomics.notify(this.#control, EPOCH);
  }

  #startWorkers(): void {
    while (this.#workers.length < this.threads - 1) {
      const id = this.#workers.length + 1;
      const memory = this.#bound;
      const data = { module: this.#module, memory, id, kernelNames: KERNEL_NAMES };
      const onFailure = (error: Error): void => {
        this.#failure = error;
        Atomics.store(new Int32Array(memory.buffer, 0, CONTROL_WORDS), FAILED, 1);
      };
      this.#workers.push(startThread(WORKER_TEXT, data, onFailure));
    }
  }

  /** Lets nobody in any more; true once nobody is left. */
  #closed(): boolean {
    const control = this.#control;
    Atomics.store(control, NEXT, control[COUNT]);
    Atomics.store(control, OPEN, 0);
    return Atomics.load(control, ACTIVE) === 0;
  }

  #closeAtOnce(): boolean {
    const end = performance.now() + SPIN_MS;
    while (!this.#closed()) if (performance.now() > end) return false;
    return true;
  }

  async #close(): Promise<void> {
    if (this.#closeAtOnce()) return;
    while (!this.#closed() && !this.#failure) await yieldToEventLoop();
  }

  #check(where: string): void {
    if (this.#failure) throw new InternalError(where, `A thread ended: ${this.#failure.message}.`);
    if (this.#control[FAILED]) {
      const text = this.memory.bytes(ERROR_TEXT, ERROR_BYTES);
      const reason = String.fromCharCode(...text.subarray(0, text.indexOf(0)));
      throw new InternalError(where, `A thread failed in its kernel: ${reason || 'no answer'}.`);
    }
  }
}
