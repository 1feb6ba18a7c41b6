import { log } from '../../../core/numeric.ts';
import type { OverlapShape } from '../../../engine/kernels/overlap/contract.ts';
import { toTangent } from '../../../engine/kernels/soft-maximum/reference.ts';
import { instantiate, kernelModule } from '../../../engine/wasm/module.ts';

/** src/engine/kernels/soft-maximum/wasm.as.ts says what the arguments are. */
interface SoftExports {
  readonly first_free: () => number;
  readonly soft_maximum: (...numbers: number[]) => void;
}

const PAGE = 65536;
const TILE_BYTES = 256;

/** Terms are summed relative to a level; the largest may be this far from it, as an exponent. */
const FARTHEST = 8;

/** The smooth maximum of all cosines in float32 WebAssembly, on a memory of its own. */
export class SoftMaximum {
  readonly #shape: OverlapShape;
  readonly #memory: WebAssembly.Memory;
  readonly #kernel: SoftExports;
  /** Coordinates and rows, padded. */
  readonly #width: number;
  readonly #rows: number;
  readonly #start: number;
  #level = 0;

  private constructor(shape: OverlapShape, memory: WebAssembly.Memory, kernel: SoftExports) {
    this.#shape = shape;
    this.#memory = memory;
    this.#kernel = kernel;
    this.#width = Math.ceil(shape.d / 8) * 8;
    this.#rows = Math.ceil(shape.n / 8) * 8;
    this.#start = Math.ceil(kernel.first_free() / 64) * 64;
    const end = this.#start + 2 * TILE_BYTES + 8 * this.#width * this.#rows;
    const missing = Math.ceil((end - memory.buffer.byteLength) / PAGE);
    if (missing > 0) memory.grow(missing);
  }

  static async create(shape: OverlapShape): Promise<SoftMaximum> {
    const module = await kernelModule(false);
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 });
    return new SoftMaximum(shape, memory, instantiate(module, memory) as unknown as SoftExports);
  }

  /** The value at n × d unit rows, and its Riemannian gradient. */
  evaluate(points: Float64Array, beta: number, gradient: Float64Array): number {
    const { n, d } = this.#shape;
    const width = this.#width;
    const size = this.#rows * width;
    const rows = this.#start + 2 * TILE_BYTES;
    const x = new Float32Array(this.#memory.buffer, rows, size);
    if (width === d) x.set(points);
    else for (let i = 0; i < n; i++) x.set(points.subarray(i * d, (i + 1) * d), i * width);
    const total = this.#sums(beta);
    const forces = new Float32Array(this.#memory.buffer, rows + 4 * size, n * width);
    if (width === d) gradient.set(forces);
    else for (let i = 0; i < n; i++) gradient.set(forces.subarray(i * width, i * width + d), i * d);
    toTangent(points, gradient, 1 / total, this.#shape);
    return this.#level + log(total) / beta;
  }

  /** Runs the kernel, again where the level was too far from the largest value. */
  #sums(beta: number): number {
    const { n, frozen, lines } = this.#shape;
    const out = this.#start + TILE_BYTES;
    const rows = out + TILE_BYTES;
    const bytes = 4 * this.#width;
    for (;;) {
      this.#kernel.soft_maximum(
        rows,
        rows + bytes * this.#rows,
        n,
        bytes,
        frozen,
        lines ? 1 : 0,
        beta,
        this.#level,
        this.#start,
        out,
      );
      const [total, largest] = new Float64Array(this.#memory.buffer, out, 2);
      if (!(Math.abs(beta * (largest - this.#level)) > FARTHEST)) return total;
      this.#level = largest;
    }
  }
}
