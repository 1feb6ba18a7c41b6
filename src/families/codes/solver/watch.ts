import type { Run } from '../../../core/run.ts';

/** Lets a long search breathe: progress, abortion, the event loop, and the end of its time. */
export class Watch {
  readonly #run: Run | undefined;
  readonly #stopped: () => boolean;
  #pausedAt = performance.now();
  stage = 'max-min';
  /** Share done, for the progress bar. */
  done = 0;

  /** `stopped` says whether time is up. */
  constructor(run?: Run, stopped: () => boolean = () => false) {
    this.#run = run;
    this.#stopped = stopped;
  }

  /** Ends at `end` on the clock of `performance.now()`. */
  static until(end: number, run?: Run): Watch {
    return new Watch(run, () => performance.now() >= end);
  }

  /** Whether the search is to end with the best it has. */
  timeIsUp(): boolean {
    return this.#stopped();
  }

  isDue(): boolean {
    return performance.now() - this.#pausedAt >= 16;
  }

  /** Reports, yields to the event loop, and throws when the run was aborted. */
  async pause(): Promise<void> {
    await this.#run?.tick({ stage: this.stage, done: Math.min(this.done, 0.999) });
    this.#pausedAt = performance.now();
  }
}
