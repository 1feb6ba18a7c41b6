import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { type SparseMatrix, sparseOf } from '../../core/sparse.ts';
import { uniformPoints } from '../../manifolds/sampling.ts';
import type { SmallProblem } from '../../testing/small-problem.ts';

/** Options and facts of indexes that need others than the defaults, or other things to search, on so few rows. */
const OWN: Readonly<Record<string, Partial<SmallProblem>>> = {
  sparse: { input: { sparse: sparseRows(40, 3) }, run: { queries: { sparse: sparseRows(4, 4) } } },
};

/** Rows of six columns, of which a third are not 0. */
function sparseRows(n: number, seed: number): SparseMatrix {
  const random = Random.fromSeed(seed);
  const data = Float64Array.from({ length: 6 * n }, () =>
    random.uniform() < 1 / 3 ? random.normal() : 0,
  );
  return sparseOf(matrix(data, n, 6));
}

/** Points of a sphere. */
export function smallProblem(id: string): SmallProblem {
  const { data, rows, cols } = uniformPoints(40, 6, Random.fromSeed(1));
  return { input: { points: matrix(Float64Array.from(data), rows, cols) }, ...OWN[id] };
}
