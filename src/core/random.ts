import { exp, log } from './numeric.ts';

/**
 * Threefry-2x32 with 20 rounds: (key, counter) → 64 random bits in `out`.
 *
 * Only add, rotate and xor, so TypeScript, WebAssembly and WGSL give the same bits.
 * Source: Salmon, Moraes, Dror, Shaw, Parallel random numbers: as easy as 1, 2, 3 (2011).
 */
export function threefry(k0: number, k1: number, c0: number, c1: number, out: Uint32Array): void {
  const k2 = 0x1bd11bda ^ k0 ^ k1;
  let x0 = (c0 + k0) | 0;
  let x1 = (c1 + k1) | 0;
  // Written out: this is the inner loop of everything random, and a loop costs three times as much.
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
  x0 = (x0 + k1) | 0;
  x1 = (x1 + k2 + 1) | 0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 17) | (x1 >>> 15)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 29) | (x1 >>> 3)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 16) | (x1 >>> 16)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 24) | (x1 >>> 8)) ^ x0;
  x0 = (x0 + k2) | 0;
  x1 = (x1 + k0 + 2) | 0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
  x0 = (x0 + k0) | 0;
  x1 = (x1 + k1 + 3) | 0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 17) | (x1 >>> 15)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 29) | (x1 >>> 3)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 16) | (x1 >>> 16)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 24) | (x1 >>> 8)) ^ x0;
  x0 = (x0 + k1) | 0;
  x1 = (x1 + k2 + 4) | 0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
  x0 = (x0 + k2) | 0;
  x1 = (x1 + k0 + 5) | 0;
  out[0] = x0;
  out[1] = x1;
}

/** Where the tail of the normal ziggurat begins, and the area of each of its 128 layers. */
const TAIL = 3.442619855899;
const AREA = 9.91256303526217e-3;

/** Right edges of the layers, widest first; layer i spans 0 to edge i, all of it below edge i + 1. */
const EDGES = /* @__PURE__ */ zigguratEdges();

function zigguratEdges(): Float64Array {
  const edges = new Float64Array(129);
  edges[0] = AREA / exp(-0.5 * TAIL * TAIL);
  edges[1] = TAIL;
  for (let i = 2; i < 128; i++) {
    const height = AREA / edges[i - 1] + exp(-0.5 * edges[i - 1] ** 2);
    edges[i] = Math.sqrt(-2 * log(height));
  }
  return edges;
}

/** A stream of random numbers; the same seed gives the same numbers on every platform. */
export class Random {
  readonly #k0: number;
  readonly #k1: number;
  #counter = 0;
  readonly #block = new Uint32Array(2);
  #left = 0;

  private constructor(k0: number, k1: number) {
    this.#k0 = k0;
    this.#k1 = k1;
  }

  static fromSeed(seed: number): Random {
    return new Random(seed | 0, Math.floor(seed / 2 ** 32) | 0);
  }

  /**
   * An independent stream, named by a word or a number. Does not depend on how much of this one
   * was used, so the stream of step 1000 is there without the 999 before it.
   */
  fork(name: string | number): Random {
    const out = new Uint32Array(2);
    if (typeof name === 'number') {
      threefry(this.#k0 ^ 0x5bf03635, this.#k1, name | 0, Math.floor(name / 2 ** 32) | 0, out);
    } else {
      let hash = 0x811c9dc5;
      for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
      threefry(this.#k0, this.#k1 ^ 0x3c6ef372, hash, name.length, out);
    }
    return new Random(out[0] | 0, out[1] | 0);
  }

  /** 32 random bits. */
  uint32(): number {
    if (this.#left === 0) {
      const high = Math.floor(this.#counter / 2 ** 32);
      threefry(this.#k0, this.#k1, this.#counter | 0, high | 0, this.#block);
      this.#counter += 1;
      this.#left = 2;
    }
    this.#left -= 1;
    return this.#block[1 - this.#left];
  }

  /** Uniform in [0, 1) with 53 random bits. */
  uniform(): number {
    const a = this.uint32() >>> 5;
    const b = this.uint32() >>> 6;
    return (a * 67108864 + b) / 9007199254740992;
  }

  /** Uniform in 0 … n−1, without bias, n ≤ 2³². */
  integer(n: number): number {
    const limit = 2 ** 32 - (2 ** 32 % n);
    let value = this.uint32();
    while (value >= limit) value = this.uint32();
    return value % n;
  }

  /**
   * Standard normal, by the ziggurat: three in a hundred draws need more than a table.
   *
   * Layer and place use different bits, as they must (Doornik, An improved ziggurat method to
   * generate normal random samples, 2005).
   */
  normal(): number {
    for (;;) {
      const a = this.uint32();
      const b = this.uint32();
      const layer = ((a & 31) << 2) | (b & 3);
      const u = ((a >>> 5) * 67108864 + (b >>> 6)) / 4503599627370496 - 1;
      const x = u * EDGES[layer];
      if (Math.abs(x) < EDGES[layer + 1]) return x;
      if (layer === 0) return this.#normalTail(u < 0);
      const outer = exp(-0.5 * (EDGES[layer] ** 2 - x * x));
      const inner = exp(-0.5 * (EDGES[layer + 1] ** 2 - x * x));
      if (outer + this.uniform() * (inner - outer) < 1) return x;
    }
  }

  /** As many draws of `normal`, one after the other. */
  normals(out: Float64Array): void {
    const block = this.#block;
    for (let i = 0; i < out.length; i++) {
      if (this.#left > 0 || this.#counter >= 2 ** 31) {
        out[i] = this.normal();
        continue;
      }
      // What `normal` does where both its words come from one block and its table suffices.
      threefry(this.#k0, this.#k1, this.#counter, 0, block);
      const a = block[0];
      const b = block[1];
      const layer = ((a & 31) << 2) | (b & 3);
      const x = (((a >>> 5) * 67108864 + (b >>> 6)) / 4503599627370496 - 1) * EDGES[layer];
      if (Math.abs(x) < EDGES[layer + 1]) {
        this.#counter += 1;
        out[i] = x;
      } else {
        out[i] = this.normal();
      }
    }
  }

  /** Beyond the widest layer, by Marsaglia's two exponentials. */
  #normalTail(negative: boolean): number {
    for (;;) {
      const x = -log(1 - this.uniform()) / TAIL;
      const y = -log(1 - this.uniform());
      if (2 * y >= x * x) return negative ? -x - TAIL : x + TAIL;
    }
  }

  /** k distinct numbers of 0 … n−1 in random order (all of them: a random permutation). */
  sample(n: number, k: number = n): Int32Array {
    if (k * 8 > n) {
      const all = Int32Array.from({ length: n }, (_, i) => i);
      for (let i = 0; i < k; i++) {
        const j = i + this.integer(n - i);
        const other = all[j];
        all[j] = all[i];
        all[i] = other;
      }
      return all.slice(0, k);
    }
    const taken = new Set<number>();
    const out = new Int32Array(k);
    for (let i = 0; i < k; ) {
      const candidate = this.integer(n);
      if (taken.has(candidate)) continue;
      taken.add(candidate);
      out[i++] = candidate;
    }
    return out;
  }

  /** The numbers of `sample(n)`, each drawn when it is asked for: where the first few of many may do. */
  *sampling(n: number): Generator<number> {
    const moved = new Map<number, number>();
    for (let i = 0; i < n; i++) {
      const j = i + this.integer(n - i);
      const drawn = moved.get(j) ?? j;
      moved.set(j, moved.get(i) ?? i);
      yield drawn;
    }
  }
}
