import { AbortedError } from '../../core/errors.ts';
import type { Work } from '../engine.ts';
import { TURN_MS } from '../in-turns.ts';
import { yieldToEventLoop } from '../yield.ts';
import type { Arena, ArenaJob, Host } from './types.ts';

/** Rows of a task and reflections of a block: BLOCK of kernels/decompositions/blocks.as.ts. */
export const BLOCK = 24;

/** Rows and columns are padded to a multiple of this: of BLOCK and of a panel's 16 columns. */
const PADDING = 48;

/** Two blocks of BLOCK × BLOCK doubles. */
export const BLOCK_SCRATCH = 16 * BLOCK * BLOCK;

export function padded(n: number): number {
  return Math.ceil(n / PADDING) * PADDING;
}

/** A matrix in kernel memory: padded(rows) × `size` doubles, zero where it is padded. */
export interface Stored {
  readonly address: number;
  /** Row length in doubles, a multiple of 48. */
  readonly size: number;
  /** Bytes from row to row. */
  readonly stride: number;
}

/**
 * One operation's jobs, one after the other. Between them the event loop gets its turn, and
 * the operation stops when its signal says so.
 */
export class Stages {
  readonly memory: Arena;
  readonly #host: Host;
  readonly #where: string;
  readonly #work: Work;
  #turnEnds = performance.now() + TURN_MS;

  constructor(host: Host, where: string, work: Work = {}) {
    this.memory = host.memory;
    this.#host = host;
    this.#where = where;
    this.#work = work;
    this.#stopIfAsked();
  }

  /** Zeros, `rows` (padded) × `cols` (padded). */
  zeros(rows: number, cols: number): Stored {
    const size = padded(cols);
    const bytes = 8 * size * padded(rows);
    const address = this.memory.take(bytes);
    this.memory.bytes(address, bytes).fill(0);
    return { address, size, stride: 8 * size };
  }

  /** The first `length` doubles of row k. */
  row({ address, stride }: Stored, k: number, length: number): Float64Array {
    return this.memory.doubles(address + k * stride, length);
  }

  /** A job's description of whole numbers, addresses among them. */
  describe(values: readonly number[]): number {
    const address = this.memory.take(4 * values.length);
    this.memory.integers(address, values.length).set(values);
    return address;
  }

  /** `operations` 0: the tasks are one thread's. `done`: the share of the operation that is then done. */
  async run(
    kernel: ArenaJob['kernel'],
    tasks: number,
    address: number,
    scratchBytes: number,
    operations = 0,
  ): Promise<void> {
    const job = { kernel, tasks, address, scratchBytes, operations };
    const running = this.#host.run(this.#where, job, { signal: this.#work.signal });
    if (running instanceof Promise) await running;
    else if (performance.now() < this.#turnEnds) return;
    await this.#turn();
  }

  async #turn(): Promise<void> {
    await yieldToEventLoop();
    this.#stopIfAsked();
    this.#turnEnds = performance.now() + TURN_MS;
  }

  /** step(0) … step(count − 1) on the calling thread, which lets the event loop run between them. */
  async each(count: number, step: (k: number) => void): Promise<void> {
    for (let k = 0; k < count; k++) {
      step(k);
      if (performance.now() >= this.#turnEnds) await this.#turn();
    }
  }

  report(done: number): void {
    this.#work.onProgress?.(done);
  }

  #stopIfAsked(): void {
    if (this.#work.signal?.aborted) throw new AbortedError(this.#where);
  }
}
