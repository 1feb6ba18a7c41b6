import { UnsupportedError } from '../../core/errors.ts';

const PAGE = 65536;
const PAGES_AT_START = 16;
/** 4 GiB, all that 32-bit addresses reach; fewer where so much address space is not to be had. */
const MOST_PAGES = [65536, 32768, 16384, 8192];

/**
 * The memory that the kernels work on. Each operation takes what it needs from the start (`reset`,
 * then `take`); nothing is kept between operations. Views must not outlive the next `take`.
 */
export class KernelMemory {
  readonly memory: WebAssembly.Memory;
  #first = 0;
  #free = 0;

  constructor(shared: boolean) {
    this.memory = newMemory(shared);
  }

  /** Everything below `address` belongs to the kernels. */
  begin(address: number): void {
    this.#first = address;
    this.#free = address;
  }

  /** Forgets everything taken so far. */
  reset(): void {
    this.#free = this.#first;
  }

  /** The address of `bytes` fresh bytes, a multiple of 64; what they hold is left from before. */
  take(bytes: number): number {
    const address = Math.ceil(this.#free / 64) * 64;
    const end = address + bytes;
    const missing = Math.ceil((end - this.memory.buffer.byteLength) / PAGE);
    if (missing > 0) this.#grow(missing, end);
    this.#free = end;
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
    return new Float32Array(this.memory.buffer, address, length);
  }
  doubles(address: number, length: number): Float64Array {
    return new Float64Array(this.memory.buffer, address, length);
  }
  integers(address: number, length: number): Int32Array {
    return new Int32Array(this.memory.buffer, address, length);
  }
  bytes(address: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, address, length);
  }

  #grow(pages: number, end: number): void {
    try {
      this.memory.grow(pages);
    } catch {
      const needed = Math.ceil(end / 2 ** 20);
      throw new UnsupportedError(
        'wasm',
        `this operation needs ${needed} MiB of kernel memory, more than WebAssembly can have here (at most 4096 MiB); pass fewer rows.`,
      );
    }
  }
}

function newMemory(shared: boolean): WebAssembly.Memory {
  for (const maximum of MOST_PAGES) {
    try {
      return new WebAssembly.Memory({ initial: PAGES_AT_START, maximum, shared });
    } catch {
      // Too much address space: ask for less.
    }
  }
  throw new UnsupportedError('wasm', 'this platform gives WebAssembly no memory.');
}
