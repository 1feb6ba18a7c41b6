import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { uniformPoints } from '../../manifolds/sampling.ts';
import type { SmallProblem } from '../../testing/small-problem.ts';

/** Options and facts of indexes that need others than the defaults, or other things to search, on so few rows. */
const OWN: Readonly<Record<string, Partial<SmallProblem>>> = {
  // More rows than are scored again, with a filter of every third row as well.
  hash: { input: { points: uniformPoints(700, 6, Random.fromSeed(1)) } },
};

/** Points of a sphere. */
export function smallProblem(id: string): SmallProblem {
  const { data, rows, cols } = uniformPoints(40, 6, Random.fromSeed(1));
  return { input: { points: matrix(Float64Array.from(data), rows, cols) }, ...OWN[id] };
}
