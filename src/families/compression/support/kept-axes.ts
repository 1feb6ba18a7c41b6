import { type Matrix, matrix, toFloat32, zeros } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import { transposed } from '../../../core/transposed.ts';
import type { Engine, Work } from '../../../engine/engine.ts';
import { lessRow, meanRow } from '../../../numerics/rows/centered.ts';
import { meanSquare, principalAxes } from '../../../structures/spectra/principal-axes.ts';
import { randomizedAxes } from '../../../structures/spectra/randomized-axes.ts';
import type { CodeContext } from '../types.ts';

/** Arrays of a model that keeps m coordinates: `axes` V, m × d with orthonormal rows, and the `mean` μ, 1 × d. */
type Arrays = Readonly<Record<string, Matrix>>;

interface Context {
  readonly engine: Engine;
  readonly random: Random;
  readonly work: Work;
}

/** Where both n and d are above it, principal axes are sketched. */
const EXACT_UP_TO = 2000;

/** The axes to keep: none where `dims` is 0. */
export async function fitKeptAxes(
  points: Matrix<Float32Array>,
  dims: number,
  axes: 'pca' | 'first' | 'random',
  { engine, random, work: { signal } }: Context,
): Promise<Arrays> {
  if (dims === 0) return {};
  const { rows: n, cols: d } = points;
  if (axes === 'first') return { axes: firstAxes(dims, d), mean: zeros(1, d) };
  if (axes === 'random')
    return { axes: await randomAxes(dims, d, engine, random.fork('axes')), mean: zeros(1, d) };
  const mean = meanRow(points);
  const middle = lessRow(points, mean);
  const found =
    Math.min(n, d) > EXACT_UP_TO
      ? await randomizedAxes(middle, dims, { engine, random, iterations: 4, work: { signal } })
      : await principalAxes(middle, dims, engine, { signal });
  return { axes: toFloat32(found.vectors), mean: toFloat32(matrix(mean, 1, d)) };
}

function firstAxes(m: number, d: number): Matrix {
  const axes = zeros(m, d);
  for (let k = 0; k < m; k++) axes.data[k * d + k] = 1;
  return axes;
}

/** Orthonormal rows of a uniformly random subspace. */
export async function randomAxes(
  m: number,
  d: number,
  engine: Engine,
  random: Random,
): Promise<Matrix<Float32Array>> {
  const normals = zeros(d, m);
  for (let e = 0; e < normals.data.length; e++) normals.data[e] = random.normal();
  const { q } = await engine.linalg.qr(normals);
  return toFloat32(transposed(q));
}

/** What the kept coordinates are worth: ‖y‖²/‖x − μ‖² summed over the rows, and axes that say nothing. */
export function keptFacts({ axes, mean }: Arrays, points: Matrix, short: Matrix) {
  if (!axes) return { facts: {}, warnings: [] };
  const all = meanSquare(lessRow(points, mean.data)) * points.rows;
  const kept = all > 0 ? Math.min(1, (meanSquare(short) * short.rows) / all) : 1;
  const { rows: m, cols: d, data } = axes;
  const empty = Array.from({ length: m }, (_, k) => data.subarray(k * d, (k + 1) * d)).filter(
    (axis) => axis.every((x) => x === 0),
  ).length;
  const warnings =
    empty > 0
      ? [
          `The rows vary along ${m - empty} directions only: the other ${empty} of the ${m} coordinates are 0.`,
        ]
      : [];
  return { facts: { dims: m, squaresKept: kept }, warnings };
}

/** y = (x − μ)·Vᵀ: rows × m; the rows themselves where no axes are kept. */
export async function onKeptAxes(
  { axes, mean }: Arrays,
  rows: Matrix<Float32Array>,
  { engine, work }: CodeContext,
): Promise<Matrix<Float32Array>> {
  if (!axes) return rows;
  const less = toFloat32(lessRow(rows, mean.data));
  return toFloat32(await engine.matmul(less, toFloat32(axes), true, { signal: work.signal }));
}

/** x̂ = μ + ŷ·V. */
export async function lifted(
  { axes, mean }: Arrays,
  short: Matrix<Float32Array>,
  { engine, work }: CodeContext,
): Promise<Matrix<Float32Array>> {
  if (!axes) return short;
  const out = toFloat32(await engine.matmul(short, toFloat32(axes), {}, { signal: work.signal }));
  const d = out.cols;
  for (let e = 0; e < out.data.length; e++) out.data[e] += mean.data[e % d];
  return out;
}

/** ⟨q, x̂⟩ = ⟨q, μ⟩ + ⟨V q, ŷ⟩, of which `inner` gives the last term. */
export async function productsWithMean(
  { axes, mean }: Arrays,
  queries: Matrix<Float32Array>,
  inner: (queries: Matrix<Float32Array>) => Matrix<Float32Array> | Promise<Matrix<Float32Array>>,
  { engine, work }: CodeContext,
): Promise<Matrix<Float32Array>> {
  if (!axes) return inner(queries);
  const short = await engine.matmul(queries, toFloat32(axes), true, { signal: work.signal });
  const out = await inner(toFloat32(short));
  const { rows: n, cols: d } = queries;
  for (let q = 0; q < n; q++) {
    let own = 0;
    for (let c = 0; c < d; c++) own += queries.data[q * d + c] * mean.data[c];
    for (let j = 0; j < out.cols; j++) out.data[q * out.cols + j] += own;
  }
  return out;
}
