import type { Packing, PackingProblem } from './basin-hopping.ts';
import type { Contact } from './contact-system.ts';
import { OverlapEnergy } from './overlap-energy.ts';
import { MOST_CONTACTS, polish } from './polish.ts';
import { type PartialSeparation, separationWithin } from './separation.ts';
import type { Watch } from './watch.ts';

/** Coordinates above which a local minimisation takes seconds. */
export const MOST_TO_HOP = 3000;

/** A local optimum of the max–min problem. */
export interface Solved extends PartialSeparation {
  /** n × d unit rows. */
  readonly points: Float64Array;
  /** Multipliers λ ≥ 0, Σλ = 1, of the pairs that hold one another apart, where they were solved for. */
  readonly stress?: readonly (Contact & { readonly multiplier: number })[] | undefined;
  /** ‖Σ λ ∇c‖: 0 where the points are stationary. */
  readonly residual?: number | undefined;
}

/**
 * Equal contacts to machine precision, where they are few enough; never worse than what came. A little
 * beyond the time of `search` (by `watch`); as it is where that does not suffice.
 */
export async function finished(
  problem: PackingProblem,
  { points, diameter }: Packing,
  search: Watch,
  watch = search.forFinishing(),
): Promise<Solved> {
  const { d, lines = false } = problem;
  // First of all, for without it nothing is known where time is up.
  const came = { points, ...(await separationWithin(points, d, watch, lines)) };
  if (!(diameter > 0)) return came;
  const frozen = (problem.kept?.length ?? 0) / d;
  const settled = points.slice();
  const energy = await energyOf(problem);
  const large = points.length > MOST_TO_HOP;
  const limits = { maxIterations: large ? 300 : 1000, tolerance: 1e-4 };
  let estimate = await energy.relax(settled, diameter * (1 + 1e-6), limits, watch);
  const overlaps = await energy.overlaps(settled, watch);
  const wider = async (): Promise<Solved> => {
    const now = await separationWithin(settled, d, watch, lines);
    return now.chord > (came.chord || 0) ? { points: settled, ...now } : came;
  };
  if (!overlaps) return wider();
  const solvable = overlaps.length > 0 && overlaps.length <= MOST_CONTACTS;
  for (const excess of solvable || large ? [] : [1e-7, 1e-8]) {
    estimate = (await energy.relax(settled, estimate * (1 + excess), limits, watch)) || estimate;
  }
  const before = await wider();
  // Too many to make equal to rounding: count those that press on one another.
  if (!solvable) return { ...before, contacts: overlaps.length };
  const polished = await polish(settled, d, frozen, overlaps, lines, watch);
  const separation = await separationWithin(polished.points, d, watch, lines);
  // A unit in the last place is nothing: the multipliers are worth more.
  if (!(separation.chord >= (before.chord || 0) - 4e-16)) return before;
  const { multipliers, residual } = polished;
  const stress = polished.contacts.map((contact, k) => ({
    ...contact,
    multiplier: multipliers[k],
  }));
  return { points: polished.points, ...separation, stress, residual };
}

/** The overlap energy of a problem. */
export function energyOf({ n, d, kept, lines = false }: PackingProblem): Promise<OverlapEnergy> {
  return OverlapEnergy.create({ n, d, frozen: (kept?.length ?? 0) / d, lines });
}
