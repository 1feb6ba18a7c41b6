import type { RotationSink } from '../../numerics/decompositions/implicit-ql.ts';
import type { Stages, Stored } from './stages.ts';

/** Columns of a task: WIDTH of kernels/decompositions/rotations.as.ts. */
const WIDTH = 16;

/**
 * The rotations of many sweeps, two sweeps side by side as the kernel takes them: for i = high − 1 …
 * low − 1 the cosine and sine of the first sweep at i and of the second at i + 1, where 1 and 0 stand
 * outside a sweep's range.
 */
export class RotationRecord {
  readonly #n: number;
  #data = new Float64Array(1024);
  #length = 0;
  readonly #sweeps: number[] = [];
  readonly #cosines: Float64Array;
  readonly #sines: Float64Array;
  #low = 0;
  #high = 0;
  #waiting = false;

  constructor(n: number) {
    this.#n = n;
    this.#cosines = new Float64Array(n + 1);
    this.#sines = new Float64Array(n + 1);
  }

  readonly take: RotationSink = (low, high, cosines, sines) => {
    if (this.#waiting) {
      this.#append(low, high, cosines, sines);
      this.#waiting = false;
      return;
    }
    this.#cosines.fill(1).set(cosines.subarray(low, high), low);
    this.#sines.fill(0).set(sines.subarray(low, high), low);
    this.#low = low;
    this.#high = high;
    this.#waiting = true;
  };

  #append(low: number, high: number, cosines: Float64Array, sines: Float64Array): void {
    const least = Math.min(low, this.#low);
    const most = Math.max(high, this.#high);
    this.#sweeps.push(least, most, this.#length / 4);
    this.#reserve(4 * (most - least + 1));
    const data = this.#data;
    for (let i = most - 1, at = this.#length; i >= least - 1; i--, at += 4) {
      const second = i + 1 >= low && i + 1 < high;
      data[at] = i < least ? 1 : this.#cosines[i];
      data[at + 1] = i < least ? 0 : this.#sines[i];
      data[at + 2] = second ? cosines[i + 1] : 1;
      data[at + 3] = second ? sines[i + 1] : 0;
    }
    this.#length += 4 * (most - least + 1);
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#data.length) return;
    const larger = new Float64Array(Math.max(2 * this.#data.length, this.#length + more));
    larger.set(this.#data.subarray(0, this.#length));
    this.#data = larger;
  }

  /**
   * Rotates the first n rows of `from` and writes row order[k] of the result to row k of `to`, which may
   * be `from`. `reversed`: the record counts rows from the last.
   */
  async apply(
    stages: Stages,
    from: Stored,
    order: Int32Array,
    to: Stored,
    reversed: boolean,
  ): Promise<void> {
    if (this.#waiting) this.take(this.#low, this.#low, this.#cosines, this.#sines);
    const { memory } = stages;
    const n = this.#n;
    const panels = memory.take(8 * n * from.size);
    const sweeps = stages.describe(this.#sweeps);
    const rotations = memory.take(8 * this.#length + 64);
    memory.doubles(rotations, this.#length).set(this.#data.subarray(0, this.#length));
    const places = memory.take(4 * n);
    memory.integers(places, n).set(order);
    const pairs = this.#sweeps.length / 3;
    const job = [from.address, from.stride, panels, sweeps, rotations, places];
    const address = stages.describe([...job, to.address, to.stride, n, pairs, reversed ? 1 : 0]);
    const operations = 3 * this.#length * n;
    await stages.run('rotate_panel', Math.ceil(n / WIDTH), address, 0, operations);
  }
}
