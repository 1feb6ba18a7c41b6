import type { Run } from '../../../core/run.ts';

/** Thrown by `Watch.check` where work has no result until it is whole; `ifTimeAllows` catches it. */
export class TimeIsUp extends Error {}

/** What is found is finished, measured and certified for so long when the time to search is over. */
const FINISHING_MS = 2000;

/** Lets a long search breathe: progress, abortion, the event loop, and the end of its time. */
export class Watch {
  readonly #run: Run | undefined;
  readonly #stopped: () => boolean;
  readonly #end: number;
  #pausedAt = performance.now();
  stage = 'max-min';
  /** Looks at the points where they are being moved, now and then; they are not its own. */
  onState: ((points: Float64Array) => void) | undefined;
  /** Share done, for the progress bar. */
  done = 0;

  /** `stopped` says whether time is up; `end`: from when on it does, where that is known. */
  constructor(run?: Run, stopped: () => boolean = () => false, end = Infinity) {
    this.#run = run;
    this.#stopped = stopped;
    this.#end = end;
  }

  /** Ends at `end` on the clock of `performance.now()`; Infinity: never. */
  static until(end: number, run?: Run): Watch {
    return end < Infinity ? new Watch(run, () => performance.now() >= end, end) : new Watch(run);
  }

  /** The same a little longer, for finishing what was found. */
  forFinishing(): Watch {
    return Watch.until(this.#end + FINISHING_MS, this.#run);
  }

  /** Whether the search is to end with the best it has. */
  timeIsUp(): boolean {
    return this.#stopped();
  }

  isDue(): boolean {
    return performance.now() - this.#pausedAt >= 16;
  }

  /** Reports, yields to the event loop, and throws when the run was aborted. */
  async pause(points?: Float64Array): Promise<void> {
    if (points) this.onState?.(points);
    await this.#run?.tick({ stage: this.stage, done: Math.min(this.done, 0.999) });
    this.#pausedAt = performance.now();
  }

  /** Between two pieces of work that no other turn can come between: throws where it is to end. */
  readonly check = (): void => {
    this.#run?.throwIfAborted(this.stage);
    if (this.#stopped()) throw new TimeIsUp(this.stage);
  };

  /** The same where others can have their turn. */
  async checkpoint(): Promise<void> {
    if (this.isDue()) await this.pause();
    this.check();
  }
}

/** What `make` gives, or undefined where its time was up before. */
export async function ifTimeAllows<T>(make: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof TimeIsUp) return undefined;
    throw error;
  }
}
