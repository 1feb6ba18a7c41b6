import { ShapeError } from '../../../core/errors.ts';
import { requireFinite } from '../../../core/finite.ts';
import { alike, type Matrix, matrix, zeros64 } from '../../../core/matrix.ts';
import { choice } from '../../../method/options.ts';
import { centered } from '../../../numerics/rows/centered.ts';
import { principalAxes } from '../../../structures/spectra/principal-axes.ts';
import type { FitContext, ReductionRunOptions } from '../types.ts';
import type { Edges } from './layout-edges.ts';
import { spectralVectors } from './spectral-start.ts';

/** The largest coordinate of a start. */
const EXTENT = 10;
/** Keeps rows of equal coordinates apart. */
const NOISE = 1e-4;

export const STARTS = ['spectral', 'pca', 'random'] as const;
export type Start = (typeof STARTS)[number];

export const startOption = (usual: Start) =>
  choice(
    STARTS,
    usual,
    'Where the rows start: eigenvectors of the graph, principal components, or a small random cloud.',
  );

/** Places that are given as a copy of finite numbers, n × m; undefined where there are none. */
export function givenStart(
  id: string,
  { start }: ReductionRunOptions,
  n: number,
  m: number,
): Matrix<Float64Array> | undefined {
  if (!start) return undefined;
  if (start.rows !== n || start.cols !== m)
    throw new ShapeError(id, `a start of ${n} × ${m}`, `${start.rows} × ${start.cols}`);
  return matrix(Float64Array.from(requireFinite(`${id}, start`, start).data), n, m);
}

/** n × m coordinates to start from. */
export async function startOf(
  kind: Start,
  points: Matrix,
  edges: Edges,
  m: number,
  { engine, random, run, work }: FitContext,
): Promise<Matrix<Float64Array>> {
  const draws = new Float64Array(points.rows * m);
  random.fork('start').normals(draws);
  const noise = matrix(
    draws.map((x) => NOISE * x),
    points.rows,
    m,
  );
  if (kind === 'random') return noise;
  const stage = kind === 'pca' ? 'principal components' : 'eigenvectors of the graph';
  const tick = (done: number) => run.tick({ stage, done: 0.99 * done });
  const start =
    kind === 'pca'
      ? await principal(points, m, { engine, work })
      : await spectralVectors(edges, m, random.fork('spectral'), tick);
  const largest = start.data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const scale = largest > 0 ? EXTENT / largest : 0;
  return matrix(
    start.data.map((x, at) => scale * x + noise.data[at]),
    points.rows,
    m,
  );
}

/** The rows along their m directions of largest variance, n × m; zeros where there are fewer columns. */
async function principal(
  points: Matrix,
  m: number,
  { engine, work }: Pick<FitContext, 'engine' | 'work'>,
): Promise<Matrix<Float64Array>> {
  const { rows: n, cols: d } = points;
  const kept = Math.min(m, d);
  const rows = centered(points);
  const { vectors } = await principalAxes(rows, kept, engine, work);
  const { data } = await engine.matmul(rows, alike(vectors, rows), { transposeB: true }, work);
  const out = zeros64(n, m);
  for (let i = 0; i < n; i++)
    for (let c = 0; c < kept; c++) out.data[i * m + c] = data[i * kept + c];
  return out;
}
