import type { Random } from '../../../core/random.ts';
import type { Packing, PackingProblem } from './basin-hopping.ts';
import { freeDiameter } from './free-diameter.ts';
import { scatter } from './moves.ts';
import { OverlapEnergy } from './overlap-energy.ts';
import type { Watch } from './watch.ts';

type Stage = readonly [excess: number, iterations: number];

/** Shares by which the diameter exceeds what fits, with L-BFGS iterations. */
const GENTLE: readonly Stage[] = [
  [3e-3, 200],
  [1e-3, 200],
  [3e-4, 200],
  [1e-4, 200],
  [3e-5, 200],
  [1e-5, 300],
];
/** Stages that melt whatever order there is. */
const HOT: readonly Stage[] = [
  [3e-2, 40],
  [1e-2, 100],
];

/** Points up to which all pairs are weighed at once. */
const MOST_TO_SOFTEN = 3000;
const DOUBLINGS = 8;
const SOFT_ITERATIONS = 200;

/**
 * One slow descent from random points, for problems too large to hop: a smooth maximum of the cosines
 * sharpens, or soft disks where there are too many pairs for it; then disks stiffen stage by stage.
 */
export async function anneal(
  problem: PackingProblem,
  random: Random,
  watch: Watch,
): Promise<Packing> {
  const { n, d, kept, lines = false } = problem;
  const energy = await energyOf(problem);
  const points = new Float64Array(n * d);
  if (kept) points.set(kept);
  const free = freeDiameter(n, d, lines);
  scatter(points, { d, frozen: energy.shape.frozen, diameter: free }, random);
  if (n <= MOST_TO_SOFTEN) {
    // From about the spread of random cosines, 1/√d (their squares: 1/d), to a hundredth of it.
    const first = lines ? 1.5 * d : 2.5 * Math.sqrt(d);
    for (let k = 0; k < DOUBLINGS && !watch.timeIsUp(); k++) {
      await energy.soften(points, first * 2 ** k, SOFT_ITERATIONS, watch);
    }
    const largest = await energy.largestCosine(points, watch);
    if (largest === undefined) return { points, diameter: 0 };
    const reached = Math.sqrt(2 - 2 * largest);
    return stiffened(energy, points, reached, GENTLE.slice(1), watch);
  }
  // In high dimensions good codes are near a right angle: all disks meet at first.
  const soft = Math.min(1.3 * free, Math.SQRT2);
  const diameter = await energy.relax(points, soft, { maxIterations: 20, tolerance: 1e-3 }, watch);
  return stiffened(energy, points, diameter, [...HOT, ...GENTLE], watch);
}

/** The same from points that are good already, without the stages that would melt them. */
export async function annealFrom(
  problem: PackingProblem,
  start: Float64Array,
  watch: Watch,
): Promise<Packing> {
  const energy = await energyOf(problem);
  const points = start.slice();
  const largest = await energy.largestCosine(points, watch);
  if (largest === undefined) return { points, diameter: 0 };
  const diameter = Math.sqrt(2 - 2 * largest);
  return stiffened(energy, points, diameter, GENTLE, watch);
}

async function stiffened(
  energy: OverlapEnergy,
  points: Float64Array,
  estimate: number,
  stages: readonly Stage[],
  watch: Watch,
): Promise<Packing> {
  let diameter = estimate;
  for (const [excess, maxIterations] of stages) {
    if (watch.timeIsUp()) break;
    const limits = { maxIterations, tolerance: 1e-3 };
    // Where time is up in between, what the stage before reached still holds.
    diameter = (await energy.relax(points, diameter * (1 + excess), limits, watch)) || diameter;
  }
  return { points, diameter };
}

function energyOf({ n, d, kept, lines = false }: PackingProblem): Promise<OverlapEnergy> {
  return OverlapEnergy.create({ n, d, frozen: (kept?.length ?? 0) / d, lines });
}
