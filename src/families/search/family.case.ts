import { matrix } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { type SparseMatrix, sparseOf } from '../../core/sparse.ts';
import { uniformPoints } from '../../manifolds/sampling.ts';
import type { SmallProblem } from '../../testing/small-problem.ts';

const TEXTS = [
  ...'red green blue white black'.split(' ').map((color) => `a ${color} house by the sea`),
  ...'apple pear plum fig'.split(' ').map((fruit) => `the ${fruit} is a fruit, and a red one`),
];

/** Thirteen sets of one to five vectors, and four of one or two as queries. */
const SETS = {
  input: {
    points: uniformPoints(39, 6, Random.fromSeed(2)),
    offsets: Int32Array.of(0, 1, 3, 6, 10, 15, 16, 18, 21, 25, 30, 33, 37, 39),
  },
  run: {
    queries: {
      points: uniformPoints(6, 6, Random.fromSeed(3)),
      offsets: Int32Array.of(0, 2, 3, 4, 6),
    },
  },
};

/** Options and facts of indexes that need others than the defaults, or other things to search, on so few rows. */
const OWN: Readonly<Record<string, Partial<SmallProblem>>> = {
  // More rows than are scored again, with a filter of every third row as well.
  hash: { input: { points: uniformPoints(700, 6, Random.fromSeed(1)) } },
  sparse: { input: { sparse: sparseRows(40, 3) }, run: { queries: { sparse: sparseRows(4, 4) } } },
  bm25: {
    input: { texts: TEXTS },
    run: { queries: { texts: ['a red house', 'the fig', 'nothing known', 'sea of blue'] } },
  },
  'max-sim': SETS,
  fde: { ...SETS, options: { repetitions: 3, bits: 2, projectionDim: 4 } },
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
