import type { RotationSink } from './implicit-ql.ts';

/** Columns of a panel, and of the part of it that fits into registers with two rotations. */
const WIDTH = 8;
const PART = 4;
const BATCH = 32;

/**
 * An n × n basis cut into panels of 8 columns, each n × 8 and contiguous.
 *
 * Rotations mix rows. They are kept until 32 sweeps have come together and are then applied panel
 * by panel: a panel (49 kB at n = 768) stays in the first-level cache while all of them pass, two
 * sweeps at a time, so that each element is read and written once for two rotations.
 */
export class Panels {
  readonly #data: Float64Array;
  readonly #n: number;
  /** BATCH × n; 1 and 0, which leave rows as they are, outside a sweep's range. */
  readonly #cosines: Float64Array;
  readonly #sines: Float64Array;
  readonly #lows = new Int32Array(BATCH);
  readonly #highs = new Int32Array(BATCH);
  #waiting = 0;

  constructor(basis: Float64Array, n: number) {
    this.#n = n;
    this.#data = new Float64Array(Math.ceil(n / WIDTH) * WIDTH * n);
    this.#cosines = new Float64Array(BATCH * n);
    this.#sines = new Float64Array(BATCH * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) this.#data[this.#place(i, j)] = basis[i * n + j];
    }
  }

  #place(i: number, j: number): number {
    return ((j >> 3) * this.#n + i) * WIDTH + (j & 7);
  }

  readonly take: RotationSink = (low, high, cosines, sines) => {
    const at = this.#waiting * this.#n;
    this.#cosines.fill(1, at, at + this.#n).set(cosines.subarray(low, high), at + low);
    this.#sines.fill(0, at, at + this.#n).set(sines.subarray(low, high), at + low);
    this.#lows[this.#waiting] = low;
    this.#highs[this.#waiting] = high;
    this.#waiting += 1;
    if (this.#waiting === BATCH) this.#flush();
  };

  #flush(): void {
    const n = this.#n;
    // An odd sweep out gets a partner that does nothing.
    if (this.#waiting % 2 === 1) {
      const low = this.#lows[this.#waiting - 1];
      this.take(low, low, this.#cosines, this.#sines);
      if (this.#waiting === 0) return;
    }
    for (let panel = 0; panel < this.#data.length; panel += n * WIDTH) {
      for (let b = 0; b < this.#waiting; b += 2) {
        const low = Math.min(this.#lows[b], this.#lows[b + 1]);
        const high = Math.max(this.#highs[b], this.#highs[b + 1]);
        for (let part = 0; part < WIDTH; part += PART) {
          rotateTwice(this.#data, panel + part, this.#cosines, this.#sines, b * n, n, low, high);
        }
      }
    }
    this.#waiting = 0;
  }

  /** The rows in the given order, row-major n × n. */
  rows(order: Int32Array): Float64Array {
    this.#flush();
    const n = this.#n;
    const out = new Float64Array(n * n);
    for (let k = 0; k < n; k++) {
      for (let j = 0; j < n; j++) out[k * n + j] = this.#data[this.#place(order[k], j)];
    }
    return out;
  }
}

/**
 * Two sweeps over 4 columns, rows i and i + 1 for i = high − 1 … low. The second sweep follows the
 * first one row behind; both moving rows, x and y, stay in registers.
 */
function rotateTwice(
  z: Float64Array,
  from: number,
  cosines: Float64Array,
  sines: Float64Array,
  first: number,
  n: number,
  low: number,
  high: number,
): void {
  if (high <= low) return;
  const second = first + n;
  let o = from + high * WIDTH;
  let x0 = z[o];
  let x1 = z[o + 1];
  let x2 = z[o + 2];
  let x3 = z[o + 3];
  o -= WIDTH;
  let c = cosines[first + high - 1];
  let s = sines[first + high - 1];
  let y0 = s * z[o] + c * x0;
  let y1 = s * z[o + 1] + c * x1;
  let y2 = s * z[o + 2] + c * x2;
  let y3 = s * z[o + 3] + c * x3;
  x0 = c * z[o] - s * x0;
  x1 = c * z[o + 1] - s * x1;
  x2 = c * z[o + 2] - s * x2;
  x3 = c * z[o + 3] - s * x3;
  for (let i = high - 2; i >= low; i--) {
    o -= WIDTH;
    c = cosines[first + i];
    s = sines[first + i];
    const e = cosines[second + i + 1];
    const t = sines[second + i + 1];
    const a0 = z[o];
    const m0 = s * a0 + c * x0;
    x0 = c * a0 - s * x0;
    z[o + 16] = t * m0 + e * y0;
    y0 = e * m0 - t * y0;
    const a1 = z[o + 1];
    const m1 = s * a1 + c * x1;
    x1 = c * a1 - s * x1;
    z[o + 17] = t * m1 + e * y1;
    y1 = e * m1 - t * y1;
    const a2 = z[o + 2];
    const m2 = s * a2 + c * x2;
    x2 = c * a2 - s * x2;
    z[o + 18] = t * m2 + e * y2;
    y2 = e * m2 - t * y2;
    const a3 = z[o + 3];
    const m3 = s * a3 + c * x3;
    x3 = c * a3 - s * x3;
    z[o + 19] = t * m3 + e * y3;
    y3 = e * m3 - t * y3;
  }
  c = cosines[second + low];
  s = sines[second + low];
  z[o + 8] = s * x0 + c * y0;
  z[o + 9] = s * x1 + c * y1;
  z[o + 10] = s * x2 + c * y2;
  z[o + 11] = s * x3 + c * y3;
  z[o] = c * x0 - s * y0;
  z[o + 1] = c * x1 - s * y1;
  z[o + 2] = c * x2 - s * y2;
  z[o + 3] = c * x3 - s * y3;
}
