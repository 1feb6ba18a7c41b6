import type { Random } from '../../../core/random.ts';
import { SphereLbfgs } from '../../../numerics/solvers/sphere-lbfgs.ts';
import type { PackingProblem } from './basin-hopping.ts';
import { freeDiameter } from './free-diameter.ts';
import { randomMove, scatter } from './moves.ts';
import { RieszFunction } from './riesz.ts';
import { symmetricStart } from './symmetric-start.ts';
import { ifTimeAllows, type Watch } from './watch.ts';

export interface EnergyLimits {
  readonly chains: number;
  /** Moves in a row without gain before a chain ends. */
  readonly patience: number;
}

/** The lowest minimum of the Riesz energy that chains of basin hopping find, settled to rounding. */
export async function leastEnergy(
  problem: PackingProblem,
  s: number,
  { chains, patience }: EnergyLimits,
  random: Random,
  watch: Watch,
): Promise<{ readonly points: Float64Array; readonly energy: number | undefined }> {
  const { n, d, kept } = problem;
  const search = new EnergySearch(problem, s, watch);
  const shape = { d, frozen: (kept?.length ?? 0) / d, diameter: freeDiameter(n, d, false) };
  const best = { points: new Float64Array(n * d), value: Infinity };
  const candidate = new Float64Array(n * d);
  for (let chain = 0; chain < chains; chain++) {
    if (chain > 0 && watch.timeIsUp()) break;
    watch.done = chain / chains;
    const own = random.fork(chain);
    const current = startOf(problem, own, shape);
    let value = await search.settle(current);
    for (let failures = 0; failures < patience && !watch.timeIsUp(); failures++) {
      candidate.set(current);
      randomMove(own)(candidate, shape, own);
      const found = await search.settle(candidate);
      if (found >= value - 1e-12 * Math.abs(value)) continue;
      value = found;
      current.set(candidate);
      failures = -1;
    }
    if (value >= best.value) continue;
    best.value = value;
    best.points.set(current);
  }
  if (best.value === Infinity) best.points.set(startOf(problem, random.fork(0), shape));
  const energy = await search.settleFully(best.points);
  return { points: best.points, energy };
}

function startOf(
  { n, d, kept }: PackingProblem,
  random: Random,
  shape: { readonly d: number; readonly frozen: number; readonly diameter: number },
): Float64Array {
  const symmetric = d === 3 && !kept && random.uniform() < 0.4;
  const start = symmetric ? symmetricStart(n, random) : undefined;
  if (start) {
    // Off the symmetric saddle, if it is one.
    for (let k = 0; k < start.length; k++) start[k] += 1e-4 * random.normal();
    return start;
  }
  const points = new Float64Array(n * d);
  if (kept) points.set(kept);
  scatter(points, shape, random);
  return points;
}

class EnergySearch {
  readonly #riesz: RieszFunction;
  readonly #lbfgs: SphereLbfgs;
  readonly #frozen: number;
  readonly #watch: Watch;

  constructor({ n, d, kept }: PackingProblem, s: number, watch: Watch) {
    this.#frozen = (kept?.length ?? 0) / d;
    this.#riesz = new RieszFunction(s, d, this.#frozen);
    this.#lbfgs = new SphereLbfgs(n, d);
    this.#watch = watch;
  }

  /** Minimises roughly from `points`, which it overwrites; ∞ where time is up before their value is known. */
  async settle(points: Float64Array): Promise<number> {
    this.#lbfgs.value = Infinity;
    await ifTimeAllows(() => this.#minimize(points, 500, 1e-7, this.#watch));
    return this.#lbfgs.value;
  }

  /** Minimises to rounding and returns the energy; a little beyond the time, undefined where that does not suffice. */
  async settleFully(points: Float64Array): Promise<number | undefined> {
    const watch = this.#watch.forFinishing();
    await ifTimeAllows(() => this.#minimize(points, 5000, 1e-14, watch));
    return ifTimeAllows(() => this.#riesz.energy(points, watch.forFinishing().check));
  }

  async #minimize(
    points: Float64Array,
    maxIterations: number,
    tolerance: number,
    watch: Watch,
  ): Promise<void> {
    const f = (x: Float64Array, gradient: Float64Array) =>
      this.#riesz.evaluate(x, gradient, watch.check);
    this.#lbfgs.begin(f, points, {
      maxIterations,
      tolerance,
      scale: () => 1,
      longestStep: 0.2,
      frozenRows: this.#frozen,
      firstStep: 1,
    });
    while (this.#lbfgs.advance()) await watch.checkpoint();
  }
}
