import type { Matrix } from '../core/matrix.ts';

/**
 * Two hashes of every row, 84 bits together, to tell which rows equal an earlier one without keeping
 * them: were the hashes random, some two different ones of 10⁸ rows would be taken for equal with
 * probability 3·10⁻¹⁰.
 */
export class RowHashes {
  /** 52 bits each. */
  readonly #first: Float64Array;
  readonly #second: Uint32Array;
  #rows = 0;

  constructor(n: number) {
    this.#first = new Float64Array(n);
    this.#second = new Uint32Array(n);
  }

  /** The next rows. */
  add(points: Matrix<Float32Array>): void {
    const [from, to] = [this.#rows, this.#rows + points.rows];
    hashRowsInto(points, this.#first.subarray(from, to), this.#second.subarray(from, to));
    this.#rows = to;
  }

  /** Rows equal to an earlier one, ascending. */
  copies(): number[] {
    const sorted = this.#first.slice(0, this.#rows).sort();
    const repeated = new Set<number>();
    for (let i = 1; i < sorted.length; i++)
      if (sorted[i] === sorted[i - 1]) repeated.add(sorted[i]);
    const seen = new Set<string>();
    const found: number[] = [];
    for (let i = 0; repeated.size > 0 && i < this.#rows; i++) {
      if (!repeated.has(this.#first[i])) continue;
      const key = `${this.#first[i]} ${this.#second[i]}`;
      if (seen.has(key)) found.push(i);
      else seen.add(key);
    }
    return found;
  }
}

/** Writes the two hashes of each row, of 52 and of 32 bits. */
export function hashRowsInto(
  { data, rows, cols }: Matrix<Float32Array>,
  first: Float64Array,
  second: Uint32Array,
): void {
  const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
  for (let i = 0; i < rows; i++) {
    let [a, b, c] = [0x9e3779b9, 0x85ebca6b, 0xc2b2ae35];
    for (let at = i * cols; at < (i + 1) * cols; at++) {
      const word = bits[at];
      a = Math.imul(a ^ word, 0x01000193);
      b = Math.imul((b << 13) | (b >>> 19), 5) ^ Math.imul(word, 0xcc9e2d51);
      c = Math.imul(c ^ (c >>> 15) ^ word, 0x2c1b3c6d);
    }
    first[i] = (mixed(a) >>> 6) * 2 ** 26 + (mixed(b) >>> 6);
    second[i] = mixed(c ^ Math.imul(a, 31));
  }
}

/** Spreads the bits of a word over all of it (the finalizer of MurmurHash3). */
function mixed(word: number): number {
  let h = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
