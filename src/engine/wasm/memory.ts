import { UnsupportedError } from '../../core/errors.ts';

const PAGE = 65536;
/** 64 MiB of addresses; the system gives pages only when they are touched. */
const PAGES_AT_START = 1024;
/** 4 GiB, all that 32-bit addresses reach. */
const MOST_PAGES = 65536;
/** For the threads' scratch memory, which is taken last. */
const HEADROOM = 2 ** 22;

/**
 * The memory that the kernels work on. Each operation takes what it needs from the start (`reset`,
 * then `take`); nothing is kept between operations. Views must not outlive the next `take`.
 *
 * A memory that is too small is replaced by a larger one rather than grown: it takes no more addresses
 * than it needs, and no thread has to notice.
 */
export class KernelMemory {
  readonly #shared: boolean;
  #memory: WebAssembly.Memory;
  #first = 0;
  #free = 0;

  constructor(shared: boolean) {
    this.#shared = shared;
    this.#memory = newMemory(PAGES_AT_START, shared);
  }

  /** Another object once a larger memory has taken its place. */
  get memory(): WebAssembly.Memory {
    return this.#memory;
  }

  /** Everything below `address` belongs to the kernels. */
  begin(address: number): void {
    this.#first = address;
    this.#free = Math.max(this.#free, address);
  }

  /** Forgets everything taken so far and makes room for about as many `bytes`. */
  reset(bytes = 0): void {
    this.#free = this.#first;
    this.#require(this.#first + bytes + HEADROOM);
  }

  /** The address of `bytes` fresh bytes, a multiple of 64; what they hold is left from before. */
  take(bytes: number): number {
    const address = Math.ceil(this.#free / 64) * 64;
    this.#require(address + bytes);
    this.#free = address + bytes;
    return address;
  }

  /** The address of a copy of `values`, followed by `padding` bytes of zeros. */
  put(values: Float32Array, padding = 0): number {
    const address = this.take(values.byteLength + padding);
    this.floats(address, values.length).set(values);
    if (padding > 0) this.bytes(address + values.byteLength, padding).fill(0);
    return address;
  }

  floats(address: number, length: number): Float32Array {
    return new Float32Array(this.#memory.buffer, address, length);
  }
  doubles(address: number, length: number): Float64Array {
    return new Float64Array(this.#memory.buffer, address, length);
  }
  integers(address: number, length: number): Int32Array {
    return new Int32Array(this.#memory.buffer, address, length);
  }
  bytes(address: number, length: number): Uint8Array {
    return new Uint8Array(this.#memory.buffer, address, length);
  }

  #require(end: number): void {
    const present = this.#memory.buffer.byteLength;
    if (end <= present) return;
    const taken = this.bytes(this.#first, Math.max(0, this.#free - this.#first));
    const pages = Math.ceil(Math.max(end, Math.min(2 * present, MOST_PAGES * PAGE)) / PAGE);
    this.#memory = newMemory(pages, this.#shared);
    this.bytes(this.#first, taken.length).set(taken);
  }
}

function newMemory(pages: number, shared: boolean): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
  } catch {
    throw new UnsupportedError(
      'wasm',
      `this operation needs ${Math.ceil(pages / 16)} MiB of kernel memory, more than WebAssembly can have here (at most 4096 MiB); pass fewer rows.`,
    );
  }
}
