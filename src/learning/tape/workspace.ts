import type { Floats } from '../../core/matrix.ts';
import type { Engine } from '../../engine/engine.ts';

/**
 * An engine and the memory it computes in: arrays of one step are used again in the next, so that training with batches
 * of one length allocates nothing after its first step. Arrays of lengths that are wanted no more are given up.
 */
export class Workspace {
  readonly engine: Engine;
  readonly #free = new Map<string, Floats[]>();
  #lent: Floats[] = [];
  #size = 0;
  #lentSize = 0;
  #mostLent = 0;

  constructor(engine: Engine) {
    this.engine = engine;
  }

  /** How many numbers its arrays hold, lent or free: between evaluations at most twice what one of them needed. */
  get size(): number {
    return this.#size;
  }

  /** An array of the element type of `like`; it holds anything, and is taken back by `recycle`. */
  take(length: number, like: Floats): Floats {
    const array = this.#free.get(keyOf(length, like))?.pop() ?? this.#made(length, like);
    this.#lent.push(array);
    this.#lentSize += length;
    this.#mostLent = Math.max(this.#mostLent, this.#lentSize);
    return array;
  }

  /** Takes back every array lent since the last call: none of them may be used afterwards. */
  recycle(): void {
    if (this.#size > 2 * this.#mostLent) this.#giveUpFree();
    for (const array of this.#lent) {
      this.#lentSize -= array.length;
      const key = keyOf(array.length, array);
      const free = this.#free.get(key);
      if (free) free.push(array);
      else this.#free.set(key, [array]);
    }
    this.#lent = [];
  }

  /** What is lent from now on is not taken back by the enclosing `recycle` but by the returned function. */
  nested(): () => void {
    const outer = this.#lent;
    this.#lent = [];
    return () => {
      this.recycle();
      this.#lent = outer;
    };
  }

  /** Keeps what is lent alone: batches of many lengths would else leave arrays of each. */
  #giveUpFree(): void {
    this.#free.clear();
    this.#size = this.#lentSize;
  }

  #made(length: number, like: Floats): Floats {
    this.#size += length;
    return new (like.constructor as new (n: number) => Floats)(length);
  }
}

const keyOf = (length: number, { BYTES_PER_ELEMENT }: Floats) => `${BYTES_PER_ELEMENT}:${length}`;
