import { SphereLbfgs } from './lbfgs.ts';
import { dotRows, PairList } from './pair-list.ts';
import type { Watch } from './watch.ts';

/** How hard to minimise; see `OverlapEnergy.relax`. */
export interface RelaxLimits {
  readonly maxIterations: number;
  /** Gradient norm at which to stop, relative to the root of the energy. */
  readonly tolerance: number;
}

/** Two rows whose disks overlap; `sign` is −1 where, for lines, the antipode is the near one. */
export interface Overlap {
  readonly i: number;
  readonly j: number;
  readonly sign: number;
  readonly depth: number;
}

/**
 * Elastic disks on the sphere: E_D(X) = Σ_{i<j} max(0, D − r_ij)², r the chord.
 *
 * Minimised at a diameter D a little above what fits, the overlaps h = D − r are the multipliers of
 * the max–min problem up to a factor: they balance, Σ_j h_ij ∇r_ij = 0, and only true contacts have
 * h > 0. With E ≈ a·(D − D*)² and dE/dD = 2Σh, the largest diameter nearby is D* ≈ D − Σh²/Σh.
 * For `lines`, r = √(2 − 2|⟨x_i, x_j⟩|). Rows before `frozen` are obstacles that do not move.
 */
export class OverlapEnergy {
  readonly n: number;
  readonly d: number;
  readonly lines: boolean;
  readonly lbfgs: SphereLbfgs;
  /** Σh at the last evaluation. */
  overlapSum = 0;
  #diameter = 1;
  readonly #frozen: number;
  readonly #list: PairList;
  readonly #scratch: Float64Array;

  constructor(n: number, d: number, frozen = 0, lines = false) {
    this.n = n;
    this.d = d;
    this.lines = lines;
    this.#frozen = frozen;
    this.lbfgs = new SphereLbfgs(n, d);
    this.#list = new PairList(n, d, frozen, lines);
    this.#scratch = new Float64Array(n * d);
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
      frozenRows: this.#frozen,
      firstStep: 0.25,
    });
    while (this.lbfgs.advance()) {
      if (!watch.isDue()) continue;
      await watch.pause();
      if (watch.timeIsUp()) break;
    }
    const energy = this.evaluate(points, this.#scratch);
    return this.overlapSum > 0 ? diameter - energy / this.overlapSum : diameter;
  }

  /** The pairs that overlap at the last diameter. */
  overlaps(points: Float64Array): Overlap[] {
    this.#list.refresh(points);
    const { first, second, count } = this.#list;
    const contacts: Overlap[] = [];
    for (let p = 0; p < count; p++) {
      const cosine = dotRows(points, first[p], second[p], this.d);
      const depth = this.#diameter - chordOf(this.lines ? Math.abs(cosine) : cosine);
      if (depth <= 0) continue;
      const sign = this.lines && cosine < 0 ? -1 : 1;
      contacts.push({ i: first[p] / this.d, j: second[p] / this.d, sign, depth });
    }
    return contacts;
  }

  /** E at the current diameter, with its Riemannian gradient. */
  readonly evaluate = (points: Float64Array, gradient: Float64Array): number => {
    this.#list.refresh(points);
    gradient.fill(0);
    const energy =
      this.d === 3 && !this.lines
        ? this.#forcesOnSphere(points, gradient)
        : this.#forces(points, gradient);
    this.#projectTangent(points, gradient);
    return energy;
  };

  /** The case d = 3 written out: about three times as fast as the loop over coordinates. */
  #forcesOnSphere(x: Float64Array, g: Float64Array): number {
    const { first, second, count } = this.#list;
    const diameter = this.#diameter;
    const least = 1 - diameter ** 2 / 2;
    let energy = 0;
    let overlapSum = 0;
    for (let p = 0; p < count; p++) {
      const i = first[p];
      const j = second[p];
      const cosine = x[i] * x[j] + x[i + 1] * x[j + 1] + x[i + 2] * x[j + 2];
      if (cosine <= least) continue;
      const r = chordOf(cosine);
      const h = diameter - r;
      energy += h * h;
      overlapSum += h;
      const push = (2 * h) / r;
      g[i] += push * x[j];
      g[i + 1] += push * x[j + 1];
      g[i + 2] += push * x[j + 2];
      g[j] += push * x[i];
      g[j + 1] += push * x[i + 1];
      g[j + 2] += push * x[i + 2];
    }
    this.overlapSum = overlapSum;
    return energy;
  }

  /** The gradient of (D − r)² is (2h/r)·x_j at x_i, up to a part along x_i that projection removes. */
  #forces(x: Float64Array, g: Float64Array): number {
    const { first, second, count } = this.#list;
    const { d, lines } = this;
    const diameter = this.#diameter;
    const least = 1 - diameter ** 2 / 2;
    let energy = 0;
    let overlapSum = 0;
    for (let p = 0; p < count; p++) {
      const i = first[p];
      const j = second[p];
      const cosine = dotRows(x, i, j, d);
      if (cosine <= least && !(lines && -cosine > least)) continue;
      const r = chordOf(lines ? Math.abs(cosine) : cosine);
      const h = diameter - r;
      energy += h * h;
      overlapSum += h;
      const push = ((lines && cosine < 0 ? -2 : 2) * h) / r;
      for (let k = 0; k < d; k++) {
        g[i + k] += push * x[j + k];
        g[j + k] += push * x[i + k];
      }
    }
    this.overlapSum = overlapSum;
    return energy;
  }

  #projectTangent(x: Float64Array, g: Float64Array): void {
    const d = this.d;
    const first = this.#frozen * d;
    g.fill(0, 0, first);
    for (let i = first; i < x.length; i += d) {
      let radial = 0;
      for (let k = i; k < i + d; k++) radial += g[k] * x[k];
      for (let k = i; k < i + d; k++) g[k] -= radial * x[k];
    }
  }
}

/** The chord of a cosine, kept above 0 so that coincident rows have a finite (zero) force. */
const chordOf = (cosine: number): number => Math.sqrt(Math.max(2 - 2 * cosine, 1e-24));
