import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { uniformPoints } from '../../manifolds/sampling.ts';
import type { SmallProblem } from '../../testing/small-problem.ts';

/** Options of methods that need others than the defaults on so few rows. */
const OWN: Readonly<Record<string, Partial<SmallProblem>>> = {
  'bootstrap-anchors': { options: { anchors: 12, steps: 30 } },
  mlp: { options: { hidden: 4, steps: 40 } },
  vec2vec: { options: { hidden: 4, steps: 30, batch: 12 } },
};

/** Points of a sphere, and the same with their columns in another order. */
export function smallProblem(id: string): SmallProblem {
  const { data, rows, cols } = uniformPoints(24, 4, Random.fromSeed(1));
  const a = matrix(Float64Array.from(data), rows, cols);
  const b = matrix(
    a.data.map((_, e) => a.data[e - (e % 4) + ((e + 1) % 4)]),
    rows,
    cols,
  );
  return { input: { a, b }, ...OWN[id] };
}
