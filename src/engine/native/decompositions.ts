import { UnsupportedError } from '../../core/errors.ts';
import type { Arena, ArenaJob, Host } from '../decompositions/types.ts';
import type { MaybePromise, Work } from '../engine.ts';
import type { NativePool } from './pool.ts';

/** Memory up to this is kept from one decomposition to the next: fresh memory is slow to get. */
const KEEP_BYTES = 2 ** 26;
/** Addresses are 32-bit. */
const MOST_BYTES = 2 ** 32 - 2 ** 20;
const LINE = 64;
/** For the way to the first cache line, and for the last address to be rounded up. */
const HEADROOM = 2 * LINE;

/** Runs the decompositions' kernels on the addon's threads and a buffer of its own. */
export class NativeHost implements Host {
  readonly memory: NativeArena;
  readonly #pool: NativePool;

  constructor(pool: NativePool) {
    this.#pool = pool;
    this.memory = new NativeArena((bytes) => {
      void pool.run('linalg', {
        kernel: 'arena_origin',
        numbers: [0, 1, 0],
        arrays: [bytes],
        operations: 0,
      });
    });
  }

  run(where: string, job: ArenaJob, work?: Work): MaybePromise<void> {
    const { kernel, tasks, address, scratchBytes, operations } = job;
    const numbers = [address, tasks, scratchBytes, this.memory.origin];
    return this.#pool.run(where, { kernel, numbers, arrays: [this.memory.all], operations }, work);
  }
}

class NativeArena implements Arena {
  /** Writes to the first word of new memory where its first cache line begins. */
  readonly #findOrigin: (memory: Uint8Array) => void;
  #memory = new Uint8Array(HEADROOM);
  #origin = 0;
  #free = 0;

  constructor(findOrigin: (memory: Uint8Array) => void) {
    this.#findOrigin = findOrigin;
  }

  /** The whole buffer; address 0 is its byte `origin`. */
  get all(): Uint8Array {
    return this.#memory;
  }
  get origin(): number {
    return this.#origin;
  }

  reset(bytes = 0): void {
    this.#free = 0;
    if (this.#memory.length > KEEP_BYTES && bytes < KEEP_BYTES) this.#replace(bytes);
    else this.#require(bytes);
  }

  take(bytes: number): number {
    const address = this.#free;
    this.#require(address + bytes);
    this.#free = Math.ceil((address + bytes) / LINE) * LINE;
    return address;
  }

  doubles(address: number, length: number): Float64Array {
    return new Float64Array(this.#memory.buffer, this.#origin + address, length);
  }
  integers(address: number, length: number): Int32Array {
    return new Int32Array(this.#memory.buffer, this.#origin + address, length);
  }
  bytes(address: number, length: number): Uint8Array {
    return new Uint8Array(this.#memory.buffer, this.#origin + address, length);
  }

  #require(end: number): void {
    const present = this.#memory.length - HEADROOM;
    if (end > present) this.#replace(Math.max(end, 1.5 * present));
  }

  #replace(bytes: number): void {
    const size = Math.ceil(bytes / LINE) * LINE + HEADROOM;
    if (size > MOST_BYTES) {
      const mebibytes = Math.ceil(size / 2 ** 20);
      throw new UnsupportedError(
        'linalg',
        `this decomposition needs ${mebibytes} MiB of memory, more than the 4096 it can have.`,
      );
    }
    const taken = this.bytes(0, this.#free);
    this.#memory = new Uint8Array(size);
    this.#findOrigin(this.#memory);
    this.#origin = new Int32Array(this.#memory.buffer, 0, 1)[0];
    this.bytes(0, taken.length).set(taken);
  }
}
