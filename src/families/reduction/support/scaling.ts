import { checksumOf } from '../../../core/checksum.ts';
import { alike, type Matrix, matrix, zeros64 } from '../../../core/matrix.ts';
import { randomizedAxes } from '../../../structures/spectra/randomized-axes.ts';
import type { FitContext } from '../types.ts';
import { evenlySpaced, runLayout } from './layout-run.ts';
import { innerProductsOf, type PairDistances } from './pair-distances.ts';
import { guttmanStepInPlace } from './smacof.ts';

export interface Scaling {
  readonly id: string;
  /** Whose distances they are. */
  readonly points: Matrix;
  readonly dim: number;
  readonly distances: PairDistances;
  readonly steps: number;
  /** Options that decide the layout besides the distances. */
  readonly settings: unknown;
}

/** Places, n × m, whose distances are near the given ones: classical scaling, then majorization of the stress. */
export async function scaledPlaces(
  { id, points, dim, distances, steps, settings }: Scaling,
  context: FitContext,
): Promise<{ readonly layout: Matrix<Float64Array>; readonly stress: number }> {
  const layout = await classicalPlaces(distances, points, dim, context);
  const room = new Float64Array(layout.data.length);
  const { data: places } = layout;
  const step = () => void guttmanStepInPlace(layout, distances, room);
  const identity = () => ({
    settings: JSON.stringify(settings),
    distances: checksumOf(distances, places),
  });
  const run = { steps, state: { places }, places, dim, ...evenlySpaced(steps), identity, step };
  await runLayout(id, run, context.run);
  const left = guttmanStepInPlace(matrix(layout.data.slice(), points.rows, dim), distances, room);
  const total = distances.reduce((sum, distance) => sum + distance * distance, 0);
  return { layout, stress: total > 0 ? Math.sqrt(left / total) : 0 };
}

/** √λ·v of the leading eigenvectors of the inner products; columns of zeros where an eigenvalue is not above 0. */
async function classicalPlaces(
  distances: PairDistances,
  points: Matrix,
  m: number,
  { engine, random, work: { signal } }: FitContext,
): Promise<Matrix<Float64Array>> {
  const n = points.rows;
  const products = innerProductsOf(distances, n);
  const kept = Math.min(m, n - 1);
  const { vectors } = await randomizedAxes(alike(evened(products), points), kept, {
    engine,
    random: random.fork('scaling'),
    iterations: 8,
    work: { signal },
  });
  const out = zeros64(n, m);
  for (let c = 0; c < kept; c++) {
    const vector = vectors.data.subarray(c * n, (c + 1) * n);
    const length = Math.sqrt(Math.max(0, quotient(products, vector)));
    for (let i = 0; i < n; i++) out.data[i * m + c] = length * vector[i];
  }
  return out;
}

/** The matrix over a power of two near its largest entry: products of it fit float32, and axes stay as they are. */
function evened({ data, rows, cols }: Matrix<Float64Array>): Matrix<Float64Array> {
  const largest = data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const scale = largest > 0 ? 2 ** -Math.floor(Math.log2(largest)) : 1;
  return matrix(
    data.map((x) => x * scale),
    rows,
    cols,
  );
}

/** vᵀBv of a unit vector. */
function quotient({ data, rows: n }: Matrix<Float64Array>, v: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sum += v[i] * data[i * n + j] * v[j];
  return sum;
}
