import { Random } from '../../../core/random.ts';
import { anneal } from './anneal.ts';
import { BasinHopping, type Packing, type PackingProblem } from './basin-hopping.ts';
import { finished, MOST_TO_HOP } from './finish.ts';
import { Watch } from './watch.ts';

/** Several chains from random starts of their own; the same task gives the same result. */
export interface ChainTask {
  readonly problem: PackingProblem;
  readonly seed: number;
  readonly patience: number;
  /** How many; Infinity where only time ends them. */
  readonly chains: number;
  /** Share of the chains on S² that begin from symmetric points. */
  readonly symmetry?: number | undefined;
}

export interface BestPacking extends Packing {
  /** The chain it came from. */
  readonly chain: number;
}

/** Who takes which chain, and when to stop: one counter for all threads. */
export interface ChainCounter {
  /** The next chain's number, or −1 when there are no more. */
  next(): number;
  timeIsUp(): boolean;
}

/** The better of two; the earlier of equals, so that the order of threads does not matter. */
export function better(a: BestPacking | undefined, b: BestPacking): BestPacking {
  if (!a) return b;
  const wins = a.diameter > b.diameter || (a.diameter === b.diameter && a.chain < b.chain);
  return wins ? a : b;
}

/** Runs chains until the counter has no more; the best of those this thread ran. */
export async function runChains(
  { problem, seed, patience, symmetry = 0.4 }: ChainTask,
  counter: ChainCounter,
  watch = new Watch(undefined, () => counter.timeIsUp()),
): Promise<BestPacking | undefined> {
  const random = Random.fromSeed(seed).fork('chains');
  let best: BestPacking | undefined;
  for (let chain = counter.next(); chain >= 0; chain = counter.next()) {
    const packing = await runChain(problem, random.fork(chain), { patience, symmetry }, watch);
    best = better(best, { ...packing, chain });
  }
  return best;
}

/** Where hops are the better use of time than slow descents: in few dimensions. */
const MOST_DIMENSIONS_TO_HOP = 6;

const hops = ({ n, d }: PackingProblem): boolean =>
  n * d <= MOST_TO_HOP && d <= MOST_DIMENSIONS_TO_HOP;

/** How many chains a problem is worth where nobody says: a few seconds' worth, at most 24. */
export function defaultChains(problem: PackingProblem): number {
  const { n, d } = problem;
  const worth = hops(problem) ? (d === 3 ? 4e5 : 1e5) : 2e6;
  return Math.max(1, Math.min(24, Math.round(worth / (n ** 2 * d))));
}

async function runChain(
  problem: PackingProblem,
  random: Random,
  { patience, symmetry }: { readonly patience: number; readonly symmetry: number },
  watch: Watch,
): Promise<Packing> {
  if (!hops(problem)) return anneal(problem, random, watch);
  const search = await BasinHopping.create(problem, random, watch);
  const packing = await search.chain(patience, symmetry);
  // Soft directions hide up to a millionth from the estimate, mostly on S²: there chains are compared
  // as they end. In more dimensions contacts are many and it would cost more than the chain.
  if (problem.d > 3) return packing;
  const { points, chord } = await finished(problem, packing, watch, watch);
  return { points, diameter: chord || 0 };
}
