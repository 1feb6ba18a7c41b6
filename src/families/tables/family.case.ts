import { matrix } from '../../core/matrix.ts';
import type { SmallProblem } from '../../testing/small-problem.ts';

/** Options of tables that need others than these. */
const OWN: Readonly<Record<string, Partial<SmallProblem>>> = {
  full: { options: { dim: 4, keep: 0 } },
  subspace: { options: { dim: 4, keep: 5, budget: 0.5, parts: 2, assign: 'cluster' } },
  'deep-hash': { options: { dim: 4, keep: 5, budget: 0.5, hashes: 8 } },
};

/** Two fields of ids whose frequency falls as a power, and one small field. */
export function smallProblem(id: string): SmallProblem {
  const field = (name: string, size: number) => ({
    name,
    size,
    counts: Int32Array.from({ length: size }, (_, i) => Math.ceil(500 / (i + 1))),
    vectors: matrix(
      Float64Array.from({ length: 4 * size }, (_, e) => Math.sin(e + size)),
      size,
      4,
    ),
  });
  return {
    input: { fields: [field('user', 120), field('item', 60), field('kind', 3)] },
    options: { dim: 4, keep: 5, budget: 0.5 },
    ...OWN[id],
  };
}
