import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { uniformPoints } from '../../manifolds/sampling.ts';
import type { SmallProblem } from '../../testing/small-problem.ts';

/** Options and facts of codecs that need others than the defaults on so few rows. */
const OWN: Readonly<Record<string, Partial<SmallProblem>>> = {
  csr: {
    options: { latents: 16, k: 3, steps: 5, batch: 8 },
    exempt: { 'row order': 'batches are drawn by number of row' },
  },
  flops: {
    options: { latents: 16, k: 8, steps: 5, batch: 8 },
    exempt: { 'row order': 'batches are drawn by number of row' },
  },
};

/** Points of a sphere. */
export function smallProblem(id: string): SmallProblem {
  const { data, rows, cols } = uniformPoints(32, 8, Random.fromSeed(1));
  return { input: matrix(Float64Array.from(data), rows, cols), ...OWN[id] };
}
