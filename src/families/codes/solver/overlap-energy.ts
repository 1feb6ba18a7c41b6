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
import { TimeIsUp, type Watch } from './watch.ts';

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
  readonly #between: { check: () => void };

  private constructor(shape: OverlapShape, kernel: OverlapKernel, between: { check: () => void }) {
    this.shape = shape;
    this.#kernel = kernel;
    this.#between = between;
    this.lbfgs = new SphereLbfgs(shape.n, shape.d);
    this.#list = new PairList(kernel, shape);
    this.#scratch = new Float64Array(shape.n * shape.d);
  }

  static async create(shape: OverlapShape): Promise<OverlapEnergy> {
    const fast = shape.d >= WASM_DIMENSIONS;
    const between = { check: () => {} };
    const look = (): void => between.check();
    const kernel = fast ? await WasmOverlap.create(shape, look) : new ReferenceOverlap(shape, look);
    return new OverlapEnergy(shape, kernel, between);
  }

  /**
   * Minimises E at `diameter` from `points`, which it overwrites; returns the estimate D − Σh²/Σh of
   * the largest diameter nearby, or `diameter` itself where nothing overlaps; 0 where time was up before
   * that is known, with the points as good as they had become.
   */
  async relax(
    points: Float64Array,
    diameter: number,
    limits: RelaxLimits,
    watch: Watch,
  ): Promise<number> {
    this.#diameter = diameter;
    const settled = await this.#within(watch, async () => {
      this.#list.build(points, diameter);
      this.lbfgs.begin(this.evaluate, points, {
        ...limits,
        scale: (energy) => (energy < 1e-30 ? Infinity : energy),
        longestStep: 0.3 * diameter,
        frozenRows: this.shape.frozen,
        firstStep: 0.25,
      });
      await this.#run(watch, points);
      const energy = this.evaluate(points, this.#scratch);
      return this.overlapSum > 0 ? diameter - energy / this.overlapSum : diameter;
    });
    return settled ?? 0;
  }

  /** Undefined where time was up; the L-BFGS run then stands where it last got to. */
  async #within<T>(watch: Watch, work: () => Promise<T>): Promise<T | undefined> {
    this.#between.check = watch.check;
    try {
      return await work();
    } catch (error) {
      if (error instanceof TimeIsUp) return undefined;
      throw error;
    } finally {
      this.#between.check = () => {};
    }
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
    const value = (x: Float64Array, gradient: Float64Array): number => {
      watch.check();
      return soft.evaluate(x, beta, gradient);
    };
    await this.#within(watch, async () => {
      this.lbfgs.begin(value, points, {
        maxIterations,
        tolerance: 1e-7,
        scale: () => 1,
        longestStep: 0.3,
        frozenRows: this.shape.frozen,
        firstStep: 0.05,
      });
      await this.#run(watch, points);
    });
  }

  async #run(watch: Watch, points: Float64Array): Promise<void> {
    while (this.lbfgs.advance()) {
      if (!watch.isDue()) continue;
      await watch.pause(points);
      if (watch.timeIsUp()) return;
    }
  }

  /** Largest cosine of two rows (|cosine| for lines); undefined where time is up before it is known. */
  largestCosine(points: Float64Array, watch: Watch): Promise<number | undefined> {
    return this.#within(watch, async () => this.#kernel.largestCosine(points));
  }

  /** The pairs that overlap at the last diameter; undefined where time is up before they are known. */
  overlaps(points: Float64Array, watch: Watch): Promise<ClosePair[] | undefined> {
    return this.#within(watch, async () => {
      watch.check();
      this.#list.refresh(points);
      return this.#kernel.closer(points, 1 - this.#diameter ** 2 / 2);
    });
  }

  /** E at the current diameter, with its Riemannian gradient. */
  readonly evaluate = (points: Float64Array, gradient: Float64Array): number => {
    this.#between.check();
    this.#list.refresh(points);
    const { energy, overlapSum } = this.#kernel.forces(points, this.#diameter, gradient);
    this.overlapSum = overlapSum;
    return energy;
  };
}
