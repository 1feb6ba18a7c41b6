import { UnsupportedError } from '../../../core/errors.ts';
import type {
  ClosePair,
  OverlapKernel,
  OverlapShape,
  OverlapSums,
} from '../../../engine/kernels/overlap/contract.ts';
import { instantiate, kernelModule } from '../../../engine/wasm/module.ts';
import { fourSumDot } from '../../../numerics/rows/dot.ts';

type Kernel = (...numbers: number[]) => number;

/** src/engine/kernels/overlap/wasm.as.ts says what the arguments are; addresses and sizes in bytes. */
interface OverlapExports {
  readonly first_free: () => number;
  readonly overlap_collect: Kernel;
  readonly overlap_index: Kernel;
  readonly overlap_pushes: Kernel;
  readonly overlap_gather: Kernel;
  readonly overlap_largest: Kernel;
}

const PAGE = 65536;

/** Multiplications after which there is a chance to end: about 0.1 s. */
const PIECE = 2e8;

/** Where things lie in the kernel's memory. */
interface Layout {
  readonly scratch: number;
  readonly points: number;
  readonly gradient: number;
  readonly starts: number;
  readonly first: number;
  readonly second: number;
  readonly others: number;
  readonly numbers: number;
  readonly pushes: number;
}

/** The overlap kernel in WebAssembly, on a memory of its own; rows are padded to multiples of 4. */
export class WasmOverlap implements OverlapKernel {
  readonly #shape: OverlapShape;
  readonly #memory: WebAssembly.Memory;
  readonly #kernels: OverlapExports;
  readonly #width: number;
  #layout: Layout;
  #capacity: number;
  #count = 0;
  readonly #between: () => void;

  private constructor(
    shape: OverlapShape,
    memory: WebAssembly.Memory,
    kernels: OverlapExports,
    between: () => void,
  ) {
    this.#shape = shape;
    this.#between = between;
    this.#memory = memory;
    this.#kernels = kernels;
    this.#width = Math.ceil(shape.d / 4) * 4;
    this.#capacity = 8 * shape.n;
    this.#layout = this.#reserve();
  }

  /** `between` is called between pieces of a long look at all pairs, and may throw to end it. */
  static async create(shape: OverlapShape, between = () => {}): Promise<WasmOverlap> {
    const module = await kernelModule(false);
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 });
    const kernels = instantiate(module, memory) as unknown as OverlapExports;
    return new WasmOverlap(shape, memory, kernels, between);
  }

  collect(points: Float64Array, least: number): number {
    const { n, frozen } = this.#shape;
    const bytes = 8 * this.#width;
    for (;;) {
      this.#load(points);
      const at = this.#layout;
      this.#count = 0;
      let found = 0;
      for (const [from, to] of this.#pieces(frozen)) {
        found += this.#collect(from, to, least, found, Math.max(0, this.#capacity - found));
        this.#between();
      }
      if (found > this.#capacity) {
        this.#capacity = Math.ceil(1.25 * found);
        this.#layout = this.#reserve();
        continue;
      }
      this.#count = found;
      const { first, second, starts, others, numbers } = at;
      this.#kernels.overlap_index(n, bytes, first, second, found, starts, others, numbers);
      return found;
    }
  }

  /** Lists the pairs of the rows in [from, to) with earlier ones behind the first `before`; how many there are. */
  #collect(from: number, to: number, least: number, before: number, room: number): number {
    const at = this.#layout;
    const listed = 4 * Math.min(before, this.#capacity);
    return this.#kernels.overlap_collect(
      at.points,
      to,
      8 * this.#width,
      from,
      least,
      this.#shape.lines ? 1 : 0,
      at.first + listed,
      at.second + listed,
      room,
      at.scratch,
    );
  }

  /** Rows from `first` on in stretches with a tenth of a second of pairs each; few rows in one. */
  #pieces(first: number): [from: number, to: number][] {
    const { n } = this.#shape;
    const pairs = PIECE / this.#width;
    const out: [number, number][] = [];
    for (let from = first; from < n; ) {
      // Pairs (i, j < i) of rows up to `to` less those up to `from`.
      const to = Math.min(n, Math.max(from + 1, Math.floor(Math.sqrt(from ** 2 + 2 * pairs))));
      out.push([from, to]);
      from = to;
    }
    return out;
  }

  forces(points: Float64Array, diameter: number, gradient: Float64Array): OverlapSums {
    this.#load(points);
    const { lines } = this.#shape;
    const at = this.#layout;
    this.#kernels.overlap_pushes(
      at.points,
      8 * this.#width,
      lines ? 1 : 0,
      at.first,
      at.second,
      this.#count,
      diameter,
      at.pushes,
      at.scratch,
    );
    const [energy, overlapSum] = this.#doubles(at.scratch, 2);
    this.#gather(gradient);
    return { energy, overlapSum };
  }

  /** Writes Σ push · x_j, tangent, for every row. */
  #gather(gradient: Float64Array): void {
    const { n, d, frozen } = this.#shape;
    const width = this.#width;
    const at = this.#layout;
    this.#kernels.overlap_gather(
      at.points,
      at.gradient,
      n,
      8 * width,
      frozen,
      at.starts,
      at.others,
      at.numbers,
      at.pushes,
      at.scratch,
    );
    const forces = this.#doubles(at.gradient, n * width);
    if (width === d) gradient.set(forces);
    else for (let i = 0; i < n; i++) gradient.set(forces.subarray(i * width, i * width + d), i * d);
  }

  closer(points: Float64Array, least: number): ClosePair[] {
    const { d, lines } = this.#shape;
    const rowBytes = 8 * this.#width;
    const first = new Int32Array(this.#memory.buffer, this.#layout.first, this.#count);
    const second = new Int32Array(this.#memory.buffer, this.#layout.second, this.#count);
    const out: ClosePair[] = [];
    for (let p = 0; p < this.#count; p++) {
      const i = first[p] / rowBytes;
      const j = second[p] / rowBytes;
      const product = fourSumDot(points, i * d, points, j * d, d);
      const sign = lines && product < 0 ? -1 : 1;
      if (sign * product > least) out.push({ i, j, sign, cosine: sign * product });
    }
    return out;
  }

  count(points: Float64Array, least: number): number {
    this.#load(points);
    let count = 0;
    for (const [from, to] of this.#pieces(0)) {
      count += this.#collect(from, to, least, 0, 0);
      this.#between();
    }
    return count;
  }

  largestCosine(points: Float64Array): number {
    this.#load(points);
    const { lines } = this.#shape;
    const at = this.#layout;
    const pieces = this.#pieces(0);
    let largest = -Infinity;
    for (const [number, [from, to]] of pieces.entries()) {
      // All pairs of the first rows; of later ones only those that are nearer than any before.
      largest =
        number === 0
          ? this.#kernels.overlap_largest(at.points, to, 8 * this.#width, lines ? 1 : 0, at.scratch)
          : this.#largestAmong(points, from, to, largest);
      this.#between();
    }
    return largest;
  }

  #largestAmong(points: Float64Array, from: number, to: number, known: number): number {
    const { d, lines } = this.#shape;
    const rowBytes = 8 * this.#width;
    this.#count = 0;
    for (let largest = known; ; ) {
      const found = this.#collect(from, to, largest, 0, this.#capacity);
      const listed = Math.min(found, this.#capacity);
      const [first, second] = [this.#layout.first, this.#layout.second].map(
        (address) => new Int32Array(this.#memory.buffer, address, listed),
      );
      for (let p = 0; p < listed; p++) {
        const [i, j] = [first[p] / rowBytes, second[p] / rowBytes];
        const product = fourSumDot(points, i * d, points, j * d, d);
        largest = Math.max(largest, lines ? Math.abs(product) : product);
      }
      if (found === listed) return largest;
    }
  }

  #load(points: Float64Array): void {
    const { n, d } = this.#shape;
    const width = this.#width;
    const rows = this.#doubles(this.#layout.points, n * width);
    if (width === d) rows.set(points);
    else for (let i = 0; i < n; i++) rows.set(points.subarray(i * d, (i + 1) * d), i * width);
  }

  #doubles(address: number, length: number): Float64Array {
    return new Float64Array(this.#memory.buffer, address, length);
  }

  /** Grows the memory until `capacity` pairs have room. */
  #reserve(): Layout {
    const { n } = this.#shape;
    let free = this.#kernels.first_free();
    const take = (bytes: number): number => {
      const address = Math.ceil(free / 64) * 64;
      free = address + bytes;
      return address;
    };
    // Four rows beyond the last are read, though not used.
    const rows = 8 * this.#width * (n + 4);
    const layout = {
      scratch: take(16 * (n + 4)),
      points: take(rows),
      gradient: take(rows),
      starts: take(4 * (n + 1)),
      first: take(4 * this.#capacity),
      second: take(4 * this.#capacity),
      others: take(8 * this.#capacity),
      numbers: take(8 * this.#capacity),
      pushes: take(8 * this.#capacity),
    };
    const missing = Math.ceil((free - this.#memory.buffer.byteLength) / PAGE);
    try {
      if (missing > 0) this.#memory.grow(missing);
    } catch {
      const needed = Math.ceil(free / 2 ** 20);
      throw new UnsupportedError(
        'max-min',
        `${needed} MiB are needed for ${this.#capacity} close pairs of ${n} points; WebAssembly has 4096.`,
      );
    }
    return layout;
  }
}
