import type { Random } from '../../../core/random.ts';
import { rescaleRows } from '../../../numerics/rows/unit-rows.ts';
import { freeDiameter } from './free-diameter.ts';
import { type MoveShape, randomMove, scatter } from './moves.ts';
import { OverlapEnergy } from './overlap-energy.ts';
import { minChord } from './separation.ts';
import { symmetricStart } from './symmetric-start.ts';
import type { Watch } from './watch.ts';

/** n points of S^{d−1}, the first of them given, as far apart as possible. */
export interface PackingProblem {
  readonly n: number;
  readonly d: number;
  /** k × d unit rows that stay where they are, bit for bit. */
  readonly kept?: Float64Array | undefined;
  /** Lines through the origin instead of points: |cos| counts. */
  readonly lines?: boolean | undefined;
}

/** Where a chain ended. */
export interface Packing {
  /** n × d. */
  readonly points: Float64Array;
  /** Estimate of the largest smallest chord nearby; right to about 1e-11. 0 where there was no time for one. */
  readonly diameter: number;
}

/** Estimates at a diameter 0.1 % above the best repeat to this part, so nearer ones are the same. */
const SAME = 3e-7;
/** The estimate at a diameter 0.1 % above errs by less, between optima with soft directions too. */
const DOUBT = 3e-4;

/**
 * Basin hopping (Wales and Doye 1997) on the overlap energy (elastic disks, as Lai et al. 2023).
 *
 * One chain: a random start, then moves, each settled at diameters 2 % and 0.4 % above the current
 * estimate; a move is kept when the estimate rises, and sometimes when it falls by less than 0.05 %.
 * States that could be the best are settled at ever smaller excess, down to 1e-6. At the end small
 * shakes of the best, settled at 1e-4 and less, look for optima too near to tell apart before.
 */
export class BasinHopping {
  readonly problem: PackingProblem;
  readonly #frozen: number;
  readonly #energy: OverlapEnergy;
  readonly #random: Random;
  readonly #watch: Watch;
  readonly #trial: Float64Array;
  #scale: number;
  #best: Packing;
  #settled: number[] = [];
  /** Local minimisations so far. */
  minimizations = 0;

  private constructor(
    problem: PackingProblem,
    energy: OverlapEnergy,
    random: Random,
    watch: Watch,
  ) {
    const { n, d, kept, lines = false } = problem;
    this.problem = problem;
    this.#random = random;
    this.#watch = watch;
    this.#frozen = (kept?.length ?? 0) / d;
    this.#energy = energy;
    this.#trial = new Float64Array(n * d);
    this.#scale = freeDiameter(n, d, lines);
    this.#best = { points: this.#trial.slice(), diameter: 0 };
  }

  static async create(
    problem: PackingProblem,
    random: Random,
    watch: Watch,
  ): Promise<BasinHopping> {
    const { n, d, kept, lines = false } = problem;
    const frozen = (kept?.length ?? 0) / d;
    const energy = await OverlapEnergy.create({ n, d, frozen, lines });
    return new BasinHopping(problem, energy, random, watch);
  }

  /**
   * One chain: a random start, or on S² for a share of the chains the best of many symmetric ones, then
   * hops until `patience` of them bring no gain.
   */
  async chain(patience: number, symmetry: number): Promise<Packing> {
    const { n, d, kept, lines } = this.problem;
    const symmetric = d === 3 && !kept && !lines && n > 6 && this.#random.uniform() < symmetry;
    const current = new Float64Array(n * d);
    if (kept) current.set(kept);
    const estimate = symmetric
      ? await this.#descendFromSymmetry(current, 2 * patience)
      : await this.#descendFromAnywhere(current);
    await this.#hop(current, estimate, patience);
    await this.#refine(Math.ceil(patience / 4));
    return this.#best;
  }

  /** One chain from given points, n × d. */
  async chainFrom(start: Float64Array, patience: number): Promise<Packing> {
    const current = start.slice();
    this.#scale = minChord(start, this.problem.d, this.problem.lines);
    this.#scale = await this.#relax(current, this.#scale * 1.02, 80, 2e-2);
    const estimate = await this.#settle(current);
    this.#best = { points: current.slice(), diameter: 0 };
    await this.#consider(current, estimate);
    await this.#hop(current, estimate, patience);
    await this.#refine(Math.ceil(patience / 4));
    return this.#best;
  }

  async #descendFromAnywhere(x: Float64Array): Promise<number> {
    scatter(x, this.#shape(), this.#random);
    const estimate = await this.#descend(x);
    this.#best = { points: x.slice(), diameter: 0 };
    await this.#consider(x, estimate);
    return estimate;
  }

  /** Settles `count` symmetric starts and leaves the best in `x`. */
  async #descendFromSymmetry(x: Float64Array, count: number): Promise<number> {
    let highest = await this.#descendFromAnywhere(x);
    this.#scale = highest;
    for (let k = 0; k < count && !this.#watch.timeIsUp(); k++) {
      const start = symmetricStart(this.problem.n, this.#random);
      if (!start) continue;
      await this.#relax(start, this.#scale * 1.1, 60, 1e-2);
      const estimate = await this.#settle(start);
      await this.#consider(start, estimate);
      if (estimate <= highest) continue;
      highest = estimate;
      this.#scale = estimate;
      x.set(start);
    }
    return highest;
  }

  async #hop(current: Float64Array, estimateAtStart: number, patience: number): Promise<void> {
    let estimate = estimateAtStart;
    let highest = estimateAtStart;
    this.#scale = estimate;
    const candidate = new Float64Array(current.length);
    for (let failures = 0; failures < patience && !this.#watch.timeIsUp(); ) {
      candidate.set(current);
      randomMove(this.#random)(candidate, this.#shape(), this.#random);
      const found = await this.#settle(candidate);
      const record = found > highest * (1 + 1e-6);
      failures = record ? 0 : failures + 1;
      if (record) {
        highest = found;
        this.#scale = found;
      }
      if (found < estimate * (1 - 5e-4 * this.#random.uniform())) continue;
      current.set(candidate);
      estimate = found;
      await this.#consider(candidate, found);
    }
  }

  async #refine(patience: number): Promise<void> {
    const { d } = this.problem;
    for (let failures = 0; failures < patience && !this.#watch.timeIsUp(); failures++) {
      const before = this.#best;
      const candidate = before.points.slice();
      const size = before.diameter * 0.15 * this.#random.uniform() ** 2;
      for (let k = this.#frozen * d; k < candidate.length; k++) {
        candidate[k] += size * this.#random.normal();
      }
      rescaleRows(candidate, d, this.#frozen);
      const diameter = await settleFully(this.#energy, candidate, before.diameter, this.#watch);
      if (diameter <= before.diameter * (1 + 1e-10)) continue;
      this.#best = { points: candidate, diameter };
      failures = 0;
    }
  }

  #shape(): MoveShape {
    return { d: this.problem.d, frozen: this.#frozen, diameter: this.#scale };
  }

  /** From far: disks that overlap much, so that they order before they jam. */
  async #descend(x: Float64Array): Promise<number> {
    const start = this.#scale;
    await this.#relax(x, start * 1.1, 60, 1e-2);
    this.#scale = await this.#relax(x, start * 1.02, 80, 2e-2);
    return this.#settle(x);
  }

  async #settle(x: Float64Array): Promise<number> {
    this.minimizations += 1;
    await this.#relax(x, this.#scale * 1.02, 80, 2e-2);
    return this.#relax(x, this.#scale * 1.004, 120, 1e-2);
  }

  #relax(x: Float64Array, diameter: number, maxIterations: number, tolerance: number) {
    return this.#energy.relax(x, diameter, { maxIterations, tolerance }, this.#watch);
  }

  /** Settles a copy further while it may beat the best; remembers it if it does. */
  async #consider(x: Float64Array, estimate: number): Promise<void> {
    if (estimate < this.#best.diameter * (1 - 1e-3)) return;
    const trial = this.#trial;
    trial.set(x);
    const coarse = await this.#relax(trial, estimate * 1.001, 300, 1e-3);
    if (coarse < this.#best.diameter * (1 - DOUBT)) return;
    if (this.#settled.some((seen) => Math.abs(coarse / seen - 1) < SAME)) return;
    this.#settled.push(coarse);
    const diameter = await settleFully(this.#energy, trial, coarse, this.#watch);
    if (diameter > this.#best.diameter) this.#best = { points: trial.slice(), diameter };
  }
}

/** Settles at excesses 1e-4, 1e-5 and 1e-6; returns the estimate, right to about 1e-11. */
export async function settleFully(
  energy: OverlapEnergy,
  x: Float64Array,
  estimate: number,
  watch: Watch,
): Promise<number> {
  let diameter = estimate;
  for (const excess of [1e-4, 1e-5, 1e-6]) {
    const limits = { maxIterations: 1000, tolerance: 1e-4 };
    diameter = await energy.relax(x, diameter * (1 + excess), limits, watch);
  }
  return diameter;
}
