import type { OptimizerState } from '../../../families/optimizers/index.ts';

const MOST = 24;
const MOST_BYTES = 2 ** 28;

/** States of a run to go back to: as many as memory allows, evenly spread over the steps so far. */
export class Snapshots {
  readonly #kept = new Map<number, OptimizerState>();
  readonly #most: number;
  readonly #mostBytes: number;
  #interval: number;

  /** `steps`: how many are to come, so that not every one of many is kept at first only to go soon. */
  constructor(steps = 1, most = MOST, mostBytes = MOST_BYTES) {
    this.#interval = 1;
    while (8 * this.#interval * most < steps) this.#interval *= 2;
    this.#most = most;
    this.#mostBytes = mostBytes;
  }

  /** Steps with a state, ascending. */
  get steps(): readonly number[] {
    return [...this.#kept.keys()].toSorted((a, b) => a - b);
  }

  /** Keeps the state of a step if it is due; every second one goes when they are too many. */
  offer(step: number, state: () => OptimizerState): void {
    if (step === 0 || step % this.#interval !== 0 || this.#kept.has(step)) return;
    this.#kept.set(step, state());
    while (this.#kept.size > 1 && this.#isFull()) {
      this.#interval *= 2;
      for (const kept of this.steps) if (kept % this.#interval !== 0) this.#kept.delete(kept);
    }
  }

  /** The last state at or before a step; undefined: the start. */
  before(step: number): OptimizerState | undefined {
    const found = this.steps.findLast((kept) => kept <= step);
    return found === undefined ? undefined : this.#kept.get(found);
  }

  #isFull(): boolean {
    if (this.#kept.size > this.#most) return true;
    const [state] = this.#kept.values();
    const bytes = Object.values(state.arrays).reduce((sum, { byteLength }) => sum + byteLength, 0);
    return bytes * this.#kept.size > this.#mostBytes;
  }
}
