import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { uniformPoints } from '../../manifolds/sampling.ts';
import type { SmallProblem } from '../../testing/small-problem.ts';
import type { AttributionInput } from './types.ts';

/** What methods need besides two sets. */
const OWN: Readonly<Record<string, { input?: Partial<AttributionInput>; options?: object }>> = {};

/** Two sets of a few vectors each. */
export function smallProblem(id: string): SmallProblem {
  const set = (n: number, seed: number) => {
    const { data, rows, cols } = uniformPoints(n, 4, Random.fromSeed(seed));
    return matrix(Float64Array.from(data), rows, cols);
  };
  const { input = {}, options = {} } = OWN[id] ?? {};
  return { input: { a: set(7, 1), b: set(5, 2), ...input }, options: { ...options } };
}
