import type { MaybePromise } from '../../../engine/engine.ts';
import type { Answer } from '../contract.ts';

/** Frames for one listener: each is made when the one before has arrived, and those for which there is no time are not made. */
export class FrameGate {
  readonly #send: (frame: Answer) => MaybePromise<void>;
  readonly #apart: number;
  #sending: Promise<void> | undefined;
  #failed: { readonly cause: unknown } | undefined;
  #due = Number.NEGATIVE_INFINITY;

  /** `apart`: milliseconds from the arrival of one to the next. */
  constructor(send: (frame: Answer) => MaybePromise<void>, apart = 0) {
    this.#send = send;
    this.#apart = apart;
  }

  /** Sends what is made, unless the one before is still on its way; throws what the listener threw. */
  offer(make: () => Answer): void {
    if (this.#failed) throw this.#failed.cause;
    if (this.#sending || performance.now() < this.#due) return;
    const frame = make();
    this.#sending = Promise.resolve()
      .then(() => this.#send(frame))
      .then(
        () => {
          this.#sending = undefined;
          this.#due = performance.now() + this.#apart;
        },
        (cause: unknown) => {
          this.#failed = { cause };
        },
      );
  }

  /** Resolves when the last one has arrived. */
  async ended(): Promise<void> {
    await this.#sending;
    if (this.#failed) throw this.#failed.cause;
  }
}
