import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { uniformPoints } from '../../manifolds/sampling.ts';
import type { SmallProblem } from '../../testing/small-problem.ts';

/** Options and facts of methods that need others than the defaults on so few rows. */
const OWN: Readonly<Record<string, Partial<SmallProblem>>> = {
  'gaussian-linear': { options: { steps: 20, centers: 6 } },
  'diffusion-net': { options: { steps: 20, hidden: 8 } },
  functorial: { options: { k: 6, epochs: 20 } },
  tldr: { options: { dim: 2, epochs: 20, projector: 12 } },
};

/** Points of a sphere. */
export function smallProblem(id: string): SmallProblem {
  const { data, rows, cols } = uniformPoints(24, 4, Random.fromSeed(1));
  return { input: matrix(Float64Array.from(data), rows, cols), ...OWN[id] };
}
