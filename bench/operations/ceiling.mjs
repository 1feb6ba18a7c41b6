import { createNativePool } from '../../dist/engine/native/engine.js';

const LANES = { avx512: 16, avx2: 8, sse2: 4, neon: 4 };
/** Multiplications and additions of a round: see src/kernels/ceiling.h. */
const SUMS = 12;
const ROUNDS = 400_000;
const COPY_BYTES = 256 << 20;

/** What the processor can do, measured with the engines' own threads: GFLOP/s and GB/s. */
export class Ceiling {
  #pool;
  #lanes;
  #from;
  #to;
  gigaflops = 0;
  gigabytes = 0;

  constructor(threads, instructionSet) {
    this.#pool = createNativePool(threads, instructionSet);
    this.#lanes = LANES[instructionSet];
  }

  /** Arithmetic in registers alone; the best of all times so far is the ceiling. */
  async measure() {
    const tasks = 4 * this.#pool.threads;
    const arrays = [new Float64Array(tasks)];
    const ms = await this.#time('ceiling_arithmetic', [tasks, ROUNDS / 4], arrays);
    const operations = tasks * (ROUNDS / 4) * 2 * SUMS * this.#lanes;
    this.gigaflops = Math.max(this.gigaflops, operations / ms / 1e6);
  }

  /** A copy far larger than the caches, each byte read once and written once. */
  async measureCopy() {
    this.#from ??= new Uint8Array(COPY_BYTES).fill(1);
    this.#to ??= new Uint8Array(COPY_BYTES);
    const ms = await this.#time('ceiling_copy', [COPY_BYTES], [this.#from, this.#to]);
    this.gigabytes = Math.max(this.gigabytes, (2 * COPY_BYTES) / ms / 1e6);
  }

  async #time(kernel, numbers, arrays) {
    // Enough to be shared, few enough to be done at once.
    const job = { kernel, numbers, arrays, operations: 1e8 };
    const start = performance.now();
    await this.#pool.run('ceiling', job);
    return performance.now() - start;
  }

  end() {
    this.#pool.end();
    this.#from = undefined;
    this.#to = undefined;
  }
}
