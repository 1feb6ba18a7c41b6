import { AbortedError, InternalError, UnsupportedError } from '../../core/errors.ts';
import type { MaybePromise, Work } from '../engine.ts';
import type { Addon, Handle } from './addon.ts';

/** Below this many operations (about 0.1 ms) a job is not worth waking another thread. */
const WORTH_SHARING = 4e6;

/** Up to this many operations (a few ms) for each thread, a job is done when `run` returns. */
const AT_ONCE = 2e8;

export interface Job {
  /** Its name in src/engine/kernels/entry.cc. */
  readonly kernel: string;
  /** In the order that the kernel's native.h states. */
  readonly numbers: readonly number[];
  readonly arrays: readonly ArrayBufferView[];
  /** About how many arithmetic operations there are. */
  readonly operations: number;
}

/** Threads of the addon, which take the tasks of one job at a time. */
export class NativePool {
  readonly threads: number;
  readonly #addon: Addon;
  readonly #handle: Handle;
  readonly #kernels: ReadonlyMap<string, number>;
  readonly #numbers = new Float64Array(16);
  #ended = false;

  constructor(addon: Addon, threads: number, instructionSet: string) {
    this.threads = threads;
    this.#addon = addon;
    this.#handle = addon.create(threads, instructionSet);
    this.#kernels = new Map(addon.kernels(this.#handle).map((name, index) => [name, index]));
  }

  /** Short jobs are done when this returns; longer ones leave the calling thread alone. */
  run(
    where: string,
    { kernel, numbers, arrays, operations }: Job,
    work: Work = {},
  ): MaybePromise<void> {
    if (this.#ended) throw new UnsupportedError(where, 'this engine has been disposed of.');
    if (work.signal?.aborted) throw new AbortedError(where);
    const index = this.#kernels.get(kernel);
    if (index === undefined) throw new InternalError(where, `There is no native kernel ${kernel}.`);
    for (let i = 0; i < numbers.length; i++) this.#numbers[i] = numbers[i];
    if (operations > AT_ONCE * this.threads) return this.#start(where, index, arrays, work);
    const sharing = this.threads > 1 && operations >= WORTH_SHARING;
    this.#addon.run(this.#handle, index, this.#numbers, sharing, ...arrays);
    work.onProgress?.(1);
  }

  end(): void {
    if (!this.#ended) this.#addon.end(this.#handle);
    this.#ended = true;
  }

  #start(
    where: string,
    index: number,
    arrays: readonly ArrayBufferView[],
    { signal, onProgress }: Work,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      let failure: unknown;
      const stop = (): void => this.#addon.stop(this.#handle);
      const told = (over: boolean): void => {
        const done = this.#addon.done(this.#handle);
        try {
          if (failure === undefined) onProgress?.(done);
        } catch (error) {
          failure = error;
          stop();
        }
        if (!over) return;
        signal?.removeEventListener('abort', stop);
        if (failure !== undefined) reject(failure);
        else if (done < 1) reject(new AbortedError(where));
        else resolve();
      };
      this.#addon.start(this.#handle, index, this.#numbers, told, ...arrays);
      signal?.addEventListener('abort', stop);
    });
  }
}
