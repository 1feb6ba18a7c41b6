import type { Run } from '../../../core/run.ts';
import { annealFrom } from './anneal.ts';
import type { Packing, PackingProblem } from './basin-hopping.ts';
import { runChainsOnThreads } from './chain-threads.ts';
import { defaultChains, MOST_TO_HOP } from './chains.ts';
import { OverlapEnergy } from './overlap-energy.ts';
import { type Contact, MOST_CONTACTS, polish } from './polish.ts';
import { minChord, type Separation, separationOf } from './separation.ts';
import { Watch } from './watch.ts';

export interface SolveOptions {
  readonly seed: number;
  /** Random starts, each with a chain of its own; 0: as many as the size is worth. */
  readonly chains: number;
  /** Moves without gain after which a chain ends. */
  readonly patience: number;
  /** Runs chains for this many seconds and returns the best so far; 0: as many chains as asked for. */
  readonly seconds: number;
  readonly threads?: number | undefined;
}

/** A local optimum of the max–min problem. */
export interface Solved extends Separation {
  /** n × d unit rows. */
  readonly points: Float64Array;
  /** Multipliers λ ≥ 0, Σλ = 1, of the pairs that hold one another apart, where they were solved for. */
  readonly stress?: readonly (Contact & { readonly multiplier: number })[] | undefined;
  /** ‖Σ λ ∇c‖: 0 where the points are stationary. */
  readonly residual?: number | undefined;
}

/** The best of several chains of basin hopping, polished. The result does not depend on `threads`. */
export async function solvePacking(
  problem: PackingProblem,
  { seed, chains, patience, seconds, threads }: SolveOptions,
  run?: Run,
): Promise<Solved> {
  const end = seconds > 0 ? performance.now() + 1000 * seconds : Infinity;
  const count = seconds > 0 ? Infinity : chains || defaultChains(problem);
  const task = { problem, seed, patience, chains: count };
  const best = await runChainsOnThreads(task, { threads, end }, run);
  const watch = new Watch(run);
  watch.done = 1;
  return finished(problem, best, watch);
}

/**
 * Excesses for a start that is near an optimum. Soft disks mend a coarse start, but melt an optimum
 * that only stiff ones hold (n = 80 on S²) or fall into one next to it, so each way is tried.
 */
const SOFTNESS: readonly (readonly number[])[] = [
  [4e-3, 1e-3, 1e-4, 1e-5, 1e-6],
  [1e-3, 1e-4, 1e-5, 1e-6],
  [2e-4, 1e-5, 1e-6],
  [2e-5, 1e-6],
];

/** The local optimum next to `start` (n × d), whose chords are right to a few parts in a thousand. */
export async function solveNear(
  problem: PackingProblem,
  start: Float64Array,
  watch: Watch,
): Promise<Solved> {
  if (start.length > MOST_TO_HOP) {
    return finished(problem, await annealFrom(problem, start, watch), watch);
  }
  let best: Solved | undefined;
  for (const excesses of SOFTNESS) {
    if (best && watch.timeIsUp()) break;
    const solved = await finished(problem, await jammed(problem, start, excesses, watch), watch);
    if (!best || solved.chord > best.chord + 1e-13) best = solved;
  }
  return best as Solved;
}

async function jammed(
  problem: PackingProblem,
  start: Float64Array,
  [softest, ...stiffer]: readonly number[],
  watch: Watch,
): Promise<Packing> {
  const points = start.slice();
  const energy = await energyOf(problem);
  const limits = { maxIterations: 1000, tolerance: 1e-4 };
  let diameter = minChord(points, problem.d, problem.lines);
  for (let growth = 0; growth < 60; growth++) {
    const tried = diameter * (1 + softest);
    diameter = await energy.relax(points, tried, limits, watch);
    // An estimate close to what was tried means that the disks did not jam yet.
    if (diameter < tried * (1 - softest / 2)) break;
  }
  for (const excess of stiffer) {
    diameter = await energy.relax(points, diameter * (1 + excess), limits, watch);
  }
  return { points, diameter };
}

/** Equal contacts to machine precision, where they are few enough; never worse than what came. */
async function finished(
  problem: PackingProblem,
  { points, diameter }: Packing,
  watch: Watch,
): Promise<Solved> {
  const { d, lines = false } = problem;
  const frozen = (problem.kept?.length ?? 0) / d;
  const settled = points.slice();
  const energy = await energyOf(problem);
  const large = points.length > MOST_TO_HOP;
  const limits = { maxIterations: large ? 300 : 1000, tolerance: 1e-4 };
  let estimate = await energy.relax(settled, diameter * (1 + 1e-6), limits, watch);
  const overlaps = energy.overlaps(settled);
  const solvable = overlaps.length > 0 && overlaps.length <= MOST_CONTACTS;
  for (const excess of solvable || large ? [] : [1e-7, 1e-8]) {
    estimate = await energy.relax(settled, estimate * (1 + excess), limits, watch);
  }
  const before = await wider(points, settled, d, lines);
  // Too many to make equal to rounding: count those that press on one another.
  if (!solvable) return { ...before, contacts: overlaps.length };
  const polished = polish(settled, d, frozen, overlaps, lines);
  const separation = await separationOf(polished.points, d, lines);
  if (!(separation.chord >= before.chord)) return before;
  const { multipliers, residual } = polished;
  const stress = polished.contacts.map((contact, k) => ({
    ...contact,
    multiplier: multipliers[k],
  }));
  return { points: polished.points, ...separation, stress, residual };
}

async function wider(a: Float64Array, b: Float64Array, d: number, lines: boolean): Promise<Solved> {
  const [first, second] = [await separationOf(a, d, lines), await separationOf(b, d, lines)];
  return second.chord > first.chord ? { points: b, ...second } : { points: a, ...first };
}

function energyOf({ n, d, kept, lines = false }: PackingProblem): Promise<OverlapEnergy> {
  return OverlapEnergy.create({ n, d, frozen: (kept?.length ?? 0) / d, lines });
}
