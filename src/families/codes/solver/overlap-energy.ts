import type {
  ClosePair,
  OverlapKernel,
  OverlapShape,
} from '../../../engine/kernels/overlap/contract.ts';
import { ReferenceOverlap } from '../../../engine/kernels/overlap/reference.ts';
import { SphereLbfgs } from '../../../numerics/solvers/sphere-lbfgs.ts';
import { PairList } from './pair-list.ts';
import { SoftMaximum } from './soft-maximum.ts';
import { WasmOverlap } from './wasm-overlap.ts';
import type { Watch } from './watch.ts';

/** How hard to minimise; see `OverlapEnergy.relax`. */
export interface RelaxLimits {
  readonly maxIterations: number;
  /** Gradient norm at which to stop, relative to the root of the energy. */
  readonly tolerance: number;
}

/** From this many coordinates on the WebAssembly kernel is faster. */
const WASM_DIMENSIONS = 6;

/**
 * Elastic disks on the sphere: E_D(X) = Σ_{i<j} max(0, D − r_ij)², r the chord.
 *
 * Minimised at a diameter D a little above what fits, the overlaps h = D − r are the multipliers of
 * the max–min problem up to a factor: they balance, Σ_j h_ij ∇r_ij = 0, and only true contacts have
 * h > 0. With E ≈ a·(D − D*)² and dE/dD = 2Σh, the largest diameter nearby is D* ≈ D − Σh²/Σh.
 * For `lines`, r = √(2 − 2|⟨x_i, x_j⟩|). Rows before `frozen` are obstacles that do not move.
 */
export class OverlapEnergy {
  readonly shape: OverlapShape;
  readonly lbfgs: SphereLbfgs;
  /** Σh at the last evaluation. */
  overlapSum = 0;
  readonly #kernel: OverlapKernel;
  readonly #list: PairList;
  readonly #scratch: Float64Array;
  #soft: SoftMaximum | undefined;
  #diameter = 1;

  private constructor(shape: OverlapShape, kernel: OverlapKernel) {
    this.shape = shape;
    this.#kernel = kernel;
    this.lbfgs = new SphereLbfgs(shape.n, shape.d);
    this.#list = new PairList(kernel, shape);
    this.#scratch = new Float64Array(shape.n * shape.d);
  }

  static async create(shape: OverlapShape): Promise<OverlapEnergy> {
    const fast = shape.d >= WASM_DIMENSIONS;
    const kernel = fast ? await WasmOverlap.create(shape) : new ReferenceOverlap(shape);
    return new OverlapEnergy(shape, kernel);
  }

  /**
   * Minimises E at `diameter` from `points`, which it overwrites; returns the estimate D − Σh²/Σh of
   * the largest diameter nearby, or `diameter` itself where nothing overlaps.
   */
  async relax(
    points: Float64Array,
    diameter: number,
    limits: RelaxLimits,
    watch: Watch,
  ): Promise<number> {
    this.#diameter = diameter;
    this.#list.build(points, diameter);
    this.lbfgs.begin(this.evaluate, points, {
      ...limits,
      scale: (energy) => (energy < 1e-30 ? Infinity : energy),
      longestStep: 0.3 * diameter,
      frozenRows: this.shape.frozen,
      firstStep: 0.25,
    });
    await this.#run(watch);
    const energy = this.evaluate(points, this.#scratch);
    return this.overlapSum > 0 ? diameter - energy / this.overlapSum : diameter;
  }

  /**
   * Minimises the smooth maximum ln(Σ exp(β v))/β of the cosines v (squared for lines), from `points`,
   * which it overwrites. Reaches further than disks, and so orders random points better.
   */
  async soften(
    points: Float64Array,
    beta: number,
    maxIterations: number,
    watch: Watch,
  ): Promise<void> {
    this.#soft ??= await SoftMaximum.create(this.shape);
    const soft = this.#soft;
    const value = (x: Float64Array, gradient: Float64Array): number =>
      soft.evaluate(x, beta, gradient);
    this.lbfgs.begin(value, points, {
      maxIterations,
      tolerance: 1e-7,
      scale: () => 1,
      longestStep: 0.3,
      frozenRows: this.shape.frozen,
      firstStep: 0.05,
    });
    await this.#run(watch);
  }

  async #run(watch: Watch): Promise<void> {
    while (this.lbfgs.advance()) {
      if (!watch.isDue()) continue;
      await watch.pause();
      if (watch.timeIsUp()) return;
    }
  }

  /** Largest cosine of two rows (|cosine| for lines). */
  largestCosine(points: Float64Array): number {
    return this.#kernel.largestCosine(points);
  }

  /** The pairs that overlap at the last diameter. */
  overlaps(points: Float64Array): ClosePair[] {
    this.#list.refresh(points);
    return this.#kernel.closer(points, 1 - this.#diameter ** 2 / 2);
  }

  /** E at the current diameter, with its Riemannian gradient. */
  readonly evaluate = (points: Float64Array, gradient: Float64Array): number => {
    this.#list.refresh(points);
    const { energy, overlapSum } = this.#kernel.forces(points, this.#diameter, gradient);
    this.overlapSum = overlapSum;
    return energy;
  };
}
