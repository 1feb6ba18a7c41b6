/**
 * Pairs of rows whose chord is below a reach, kept until some row has moved so far that one could be
 * missing. For `lines` the nearer of y and −y counts.
 *
 * The margin beyond the reach adapts: wider while lists last only a few evaluations, narrower once
 * they last long, for in high dimensions a wide one takes in most pairs.
 */
export class PairList {
  readonly #n: number;
  readonly #d: number;
  readonly #lines: boolean;
  /** Rows before this one never move: pairs among them are left out. */
  readonly #frozen: number;
  readonly #reference: Float64Array;
  #reach = 0;
  #margin = 0;
  #served = 0;
  /** Offsets of the two rows of each pair in the point array (row · d). */
  first: Int32Array;
  second: Int32Array;
  count = 0;

  constructor(n: number, d: number, frozen: number, lines: boolean) {
    this.#n = n;
    this.#d = d;
    this.#lines = lines;
    this.#frozen = frozen;
    this.#reference = new Float64Array(n * d);
    this.first = new Int32Array(8 * n);
    this.second = new Int32Array(8 * n);
  }

  /** Lists all pairs with chord below `reach` now and until the next refresh. */
  build(points: Float64Array, reach: number): void {
    if (this.#d <= 8 || this.#margin === 0) this.#margin = (this.#d <= 8 ? 0.25 : 0.05) * reach;
    else if (this.#served < 8) this.#margin = Math.min(1.5 * this.#margin, 0.25 * reach);
    else if (this.#served > 30) this.#margin = Math.max(0.7 * this.#margin, 0.002 * reach);
    this.#served = 0;
    this.#reach = reach;
    this.#reference.set(points);
    this.count = 0;
    const least = 1 - (reach + this.#margin) ** 2 / 2;
    if (this.#d === 3 && !this.#lines) this.#collectOnSphere(points, least);
    else this.#collect(points, least);
  }

  /** Rebuilds when a row has gone half the margin, so that no pair within reach is ever missed. */
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
      if (squared > limit) {
        this.build(points, this.#reach);
        return;
      }
    }
  }

  #collectOnSphere(x: Float64Array, least: number): void {
    for (let i = 3 * Math.max(1, this.#frozen); i < x.length; i += 3) {
      const a = x[i];
      const b = x[i + 1];
      const c = x[i + 2];
      for (let j = 0; j < i; j += 3) {
        if (a * x[j] + b * x[j + 1] + c * x[j + 2] > least) this.#add(i, j);
      }
    }
  }

  #collect(x: Float64Array, least: number): void {
    const d = this.#d;
    const end = this.#n * d;
    for (let i = d * Math.max(1, this.#frozen); i < end; i += d) {
      for (let j = 0; j < i; j += d) {
        const cosine = dotRows(x, i, j, d);
        if (cosine > least || (this.#lines && -cosine > least)) this.#add(i, j);
      }
    }
  }

  #add(i: number, j: number): void {
    if (this.count === this.first.length) {
      this.first = doubled(this.first);
      this.second = doubled(this.second);
    }
    this.first[this.count] = i;
    this.second[this.count] = j;
    this.count += 1;
  }
}

/** ⟨row at offset i, row at offset j⟩, in four running sums. */
export function dotRows(x: Float64Array, i: number, j: number, d: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 3 < d; k += 4) {
    s0 += x[i + k] * x[j + k];
    s1 += x[i + k + 1] * x[j + k + 1];
    s2 += x[i + k + 2] * x[j + k + 2];
    s3 += x[i + k + 3] * x[j + k + 3];
  }
  for (; k < d; k++) s0 += x[i + k] * x[j + k];
  return s0 + s1 + (s2 + s3);
}

function doubled(a: Int32Array): Int32Array {
  const out = new Int32Array(2 * a.length);
  out.set(a);
  return out;
}
