import type { Run } from '../../../core/run.ts';
import { annealFrom } from './anneal.ts';
import type { Packing, PackingProblem } from './basin-hopping.ts';
import { MOST_CELLED } from './cells.ts';
import { runChainsOnThreads } from './chain-threads.ts';
import { defaultChains } from './chains.ts';
import { energyOf, finished, MOST_TO_HOP, type Solved } from './finish.ts';
import { minChord } from './separation.ts';
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
  /** Looks at the points of the calling thread. */
  readonly onState?: ((points: Float64Array) => void) | undefined;
  /** Share of the chains on S² that begin from symmetric points. */
  readonly symmetry?: number | undefined;
}

/** The best of several chains of basin hopping, polished. The result does not depend on `threads`. */
export async function solvePacking(
  problem: PackingProblem,
  { seed, chains, patience, seconds, threads, onState, symmetry }: SolveOptions,
  run?: Run,
): Promise<Solved> {
  const end = seconds > 0 ? performance.now() + 1000 * seconds : Infinity;
  const searched = end - 1000 * finishingSeconds(problem);
  const count = seconds > 0 ? Infinity : chains || defaultChains(problem);
  const task = { problem, seed, patience, chains: count, symmetry };
  const best = await runChainsOnThreads(task, { threads, end: searched, onState }, run);
  const watch = Watch.until(end, run);
  watch.done = 1;
  return finished(problem, best, watch);
}

/** Multiplications a second in a look at all pairs, at least. */
const SPEED = 1e9;

/** What two looks at all pairs take at the end; in few dimensions most pairs are passed over. */
const finishingSeconds = ({ n, d }: PackingProblem): number =>
  d <= MOST_CELLED ? 0 : (n * n * d) / SPEED;

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
    if (!best || !(solved.chord <= best.chord + 1e-13)) best = solved;
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
    const reached = await energy.relax(points, tried, limits, watch);
    if (reached === 0) return { points, diameter };
    diameter = reached;
    // An estimate close to what was tried means that the disks did not jam yet.
    if (diameter < tried * (1 - softest / 2)) break;
  }
  for (const excess of stiffer) {
    diameter = (await energy.relax(points, diameter * (1 + excess), limits, watch)) || diameter;
  }
  return { points, diameter };
}
