import { type Matrix, matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { Space } from './types.ts';

/** What a file's numbers may be compared with. */
export const NULL_MODELS = ['uniform', 'gaussian', 'permuted', 'none'] as const;
export type NullModel = (typeof NULL_MODELS)[number];

/** One phrase for each simulated model. */
export const NULL_PHRASES = {
  gaussian: 'Gaussian rows of the same mean and covariance',
  permuted: 'the same rows with each column shuffled on its own',
} as const;

/** m rows N(μ, Σ), with μ and Σ those of the rows as they came. */
export async function gaussianRows(space: Space, m: number, random: Random): Promise<Matrix> {
  const { mean, values, vectors } = await space.rawCovariance();
  const d = mean.length;
  const scales = values.map((value) => Math.sqrt(Math.max(0, value)));
  const coordinates = Float32Array.from(
    { length: m * d },
    (_, i) => random.normal() * scales[i % d],
  );
  const basis = matrix(Float32Array.from(vectors.data), d, d);
  const turned = await space.engine.matmul(matrix(coordinates, m, d), basis);
  const rows = Float32Array.from(turned.data, (x, i) => x + mean[i % d]);
  return withoutZeroRows(matrix(rows, m, d));
}

/** m of the rows as they came, each column in an order of its own. */
export function permutedColumns({ raw }: Space, m: number, random: Random): Matrix {
  const { data, rows: n, cols: d } = raw;
  const out = new Float32Array(m * d);
  for (let c = 0; c < d; c++) {
    const order = random.fork(c).sample(n, m);
    for (let i = 0; i < m; i++) out[i * d + c] = data[order[i] * d + c];
  }
  return withoutZeroRows(matrix(out, m, d));
}

/** A drawn row of zeros, which has no direction, becomes the first axis. */
function withoutZeroRows(points: Matrix<Float32Array>): Matrix {
  const { data, rows, cols } = points;
  for (let i = 0; i < rows; i++) {
    if (data.subarray(i * cols, (i + 1) * cols).every((x) => x === 0)) data[i * cols] = 1;
  }
  return points;
}
