import type { OverlapKernel, OverlapShape } from '../../../engine/kernels/overlap/contract.ts';

/**
 * Keeps a kernel's list of close pairs complete while the rows move: pairs are listed up to a margin
 * beyond the reach, and again when some row has gone half of it.
 *
 * The margin adapts: wider while lists last only a few evaluations, narrower once they last long, for
 * in high dimensions a wide one takes in most pairs.
 */
export class PairList {
  readonly #kernel: OverlapKernel;
  readonly #d: number;
  readonly #frozen: number;
  readonly #reference: Float64Array;
  #reach = 0;
  #margin = 0;
  #served = 0;

  constructor(kernel: OverlapKernel, { n, d, frozen }: OverlapShape) {
    this.#kernel = kernel;
    this.#d = d;
    this.#frozen = frozen;
    this.#reference = new Float64Array(n * d);
  }

  /** Lists all pairs with chord below `reach`, now and until the next `refresh`. */
  build(points: Float64Array, reach: number): void {
    if (this.#d <= 8 || this.#margin === 0) this.#margin = (this.#d <= 8 ? 0.25 : 0.01) * reach;
    else if (this.#served < 8) this.#margin = Math.min(1.5 * this.#margin, 0.25 * reach);
    else if (this.#served > 30) this.#margin = Math.max(0.5 * this.#margin, 0.002 * reach);
    this.#served = 0;
    this.#reach = reach;
    this.#reference.set(points);
    this.#kernel.collect(points, 1 - (reach + this.#margin) ** 2 / 2);
  }

  /** Lists again if a pair within reach could be missing. */
  refresh(points: Float64Array): void {
    const d = this.#d;
    const reference = this.#reference;
    const limit = (this.#margin / 2) ** 2;
    this.#served += 1;
    for (let i = this.#frozen * d; i < points.length; i += d) {
      let squared = 0;
      for (let k = i; k < i + d; k++) {
        const moved = points[k] - reference[k];
        squared += moved * moved;
      }
      if (squared <= limit) continue;
      this.build(points, this.#reach);
      return;
    }
  }
}
