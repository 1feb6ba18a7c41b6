import { AbortedError } from './errors.ts';

/** Where a long computation stands. */
export interface Progress {
  /** What is being done, in a word or two. */
  readonly stage: string;
  /** Share done, in [0, 1]. */
  readonly done: number;
  readonly loss?: number;
  /** Steps so far and per second, where the work is made of steps. */
  readonly step?: number;
  readonly stepsPerSecond?: number;
  /** What the steps are called; steps unless given. */
  readonly unit?: string;
}

/** What a caller may pass to any long computation besides its options. */
export interface RunControls {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** The only contact of a computation with the outside: progress, cancellation, the event loop. */
export class Run {
  readonly signal: AbortSignal | undefined;
  readonly #onProgress: ((progress: Progress) => void) | undefined;
  #lastYield = performance.now();

  constructor(controls: RunControls = {}) {
    this.signal = controls.signal;
    this.#onProgress = controls.onProgress;
  }

  /** Throws when the run was aborted; reports and yields to the event loop at most every 16 ms. */
  async tick(progress: Progress): Promise<void> {
    this.throwIfAborted(progress.stage);
    const now = performance.now();
    if (now - this.#lastYield < 16 && progress.done < 1) return;
    this.#onProgress?.(progress);
    await new Promise<void>((done) => setTimeout(done, 0));
    this.#lastYield = performance.now();
    this.throwIfAborted(progress.stage);
  }

  throwIfAborted(stage: string): void {
    if (this.signal?.aborted) throw new AbortedError(stage);
  }
}
