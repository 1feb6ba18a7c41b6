import type { Run } from '../../../core/run.ts';
import { type PackingProblem, settleFully } from './basin-hopping.ts';
import { runChainsOnThreads } from './chain-threads.ts';
import { minChord } from './min-chord.ts';
import { OverlapEnergy } from './overlap-energy.ts';
import { type Contact, MOST_CONTACTS, polish } from './polish.ts';
import { Watch } from './watch.ts';

export interface SolveOptions {
  readonly seed: number;
  /** Chains of basin hopping, each from its own random start. */
  readonly chains: number;
  /** Moves without gain after which a chain ends. */
  readonly patience: number;
  /** Runs chains for this many seconds and returns the best so far; 0: as many chains as asked for. */
  readonly seconds: number;
  readonly threads?: number | undefined;
}

/** A local optimum of the max–min problem. */
export interface Solved {
  /** n × d unit rows. */
  readonly points: Float64Array;
  /** Smallest chord. */
  readonly chord: number;
  /** Pairs that hold one another apart; absent where there are too many to solve for. */
  readonly contacts?: readonly Contact[] | undefined;
  /** ‖Σ λ ∇c‖ over the contacts: 0 where the points are stationary. */
  readonly residual?: number | undefined;
}

/** The best of several chains of basin hopping, polished. The result does not depend on `threads`. */
export async function solvePacking(
  problem: PackingProblem,
  { seed, chains, patience, seconds, threads }: SolveOptions,
  run?: Run,
): Promise<Solved> {
  const end = seconds > 0 ? performance.now() + 1000 * seconds : Infinity;
  const task = { problem, seed, patience, chains: seconds > 0 ? Infinity : chains };
  const best = await runChainsOnThreads(task, { threads, end }, run);
  const watch = new Watch(run);
  watch.done = 1;
  return finished(problem, best.points, best.diameter, watch);
}

/** The local optimum next to `start` (n × d), whose chords are right to a few parts in a thousand. */
export async function solveNear(
  problem: PackingProblem,
  start: Float64Array,
  watch: Watch,
): Promise<Solved> {
  const points = start.slice();
  const energy = energyOf(problem);
  let diameter = minChord(points, problem.d, problem.lines);
  for (const excess of [4e-3, 1e-3]) {
    const limits = { maxIterations: 400, tolerance: 1e-3 };
    for (let growth = 0; growth < 20; growth++) {
      const tried = diameter * (1 + excess);
      diameter = await energy.relax(points, tried, limits, watch);
      // An estimate close to what was tried means that the disks did not jam yet.
      if (diameter < tried * (1 - excess / 2)) break;
    }
  }
  diameter = await settleFully(energy, points, diameter, watch);
  return finished(problem, points, diameter, watch);
}

/** Equal contacts to machine precision, where they are few enough; never worse than `points`. */
async function finished(
  problem: PackingProblem,
  points: Float64Array,
  diameter: number,
  watch: Watch,
): Promise<Solved> {
  const { d, lines = false } = problem;
  const settled = points.slice();
  const energy = energyOf(problem);
  const limits = { maxIterations: 1000, tolerance: 1e-4 };
  await energy.relax(settled, diameter * (1 + 1e-6), limits, watch);
  const before = better(points, settled, d, lines);
  const overlaps = energy.overlaps(settled);
  if (overlaps.length === 0 || overlaps.length > MOST_CONTACTS) return before;
  const frozen = (problem.kept?.length ?? 0) / d;
  const polished = polish(settled, d, frozen, overlaps, lines);
  const chord = minChord(polished.points, d, lines);
  if (!(chord >= before.chord)) return before;
  const { contacts, residual } = polished;
  return { points: polished.points, chord, contacts, residual };
}

function better(a: Float64Array, b: Float64Array, d: number, lines: boolean): Solved {
  const chords = [minChord(a, d, lines), minChord(b, d, lines)];
  return chords[1] > chords[0] ? { points: b, chord: chords[1] } : { points: a, chord: chords[0] };
}

function energyOf({ n, d, kept, lines = false }: PackingProblem): OverlapEnergy {
  return new OverlapEnergy(n, d, (kept?.length ?? 0) / d, lines);
}
