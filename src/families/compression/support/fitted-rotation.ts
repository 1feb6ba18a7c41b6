import { type Matrix, toFloat32, zeros } from '../../../core/matrix.ts';
import { log } from '../../../core/numeric.ts';
import { centered } from '../../../numerics/rows/centered.ts';
import type { CodeContext, FitContext } from '../types.ts';
import {
  type Cut,
  fitCentroids,
  lengthsOf,
  productCodes,
  productRows,
  squaredError,
} from './product-codes.ts';

/** Eigenvalues below this share of the largest count as this share: their logarithms are compared. */
const LEAST_SHARE = 1e-10;
/** A round that lowers the squared error by a smaller share is the last. */
const LEAST_GAIN = 1e-3;

export interface FittedRotation {
  /** d × d: its rows are the new axes. */
  readonly rotation: Matrix<Float32Array>;
  /** k × d, along the new axes. */
  readonly centroids: Matrix<Float32Array>;
  /** Σ‖x − x̂‖² of the start and after each round. */
  readonly errors: readonly number[];
}

/**
 * The rotation after which parts are coded with the least squared error (OPQ, Ge et al. 2013),
 *
 *     min over R orthogonal, centroids and codes of ‖X·Rᵀ − Ŷ‖²,   Ŷ the centroids at the codes
 *
 * by turns: codes and centroids by one of Lloyd's steps in each part, then R from the singular vectors of ŶᵀX (orthogonal
 * Procrustes). The error never rises; a local minimum. Begins with the principal axes, dealt so that all parts have the same
 * product of variances. O(k·nd + nd² + d³) a round.
 */
export async function fittedRotation(
  rows: Matrix<Float32Array>,
  cut: Cut,
  rounds: number,
  context: FitContext,
): Promise<FittedRotation> {
  const { engine, run, work } = context;
  const { signal } = work;
  let rotation = await balancedAxes(rows, cut, context);
  let turned = await turnedBy(rotation, rows, context);
  let centroids = await fitCentroids(turned, cut, context);
  let coded = await codedRows(centroids, cut, turned, context);
  const errors = [squaredError(turned, coded)];
  for (let round = 0; round < rounds; round++) {
    await run.tick({ stage: 'rotation', done: round / rounds });
    const products = await engine.matmul(coded, rows, { transposeA: true }, { signal });
    const { u, v } = await engine.linalg.svd(products, { signal });
    rotation = toFloat32(await engine.matmul(toFloat32(u), toFloat32(v), true, { signal }));
    turned = await turnedBy(rotation, rows, context);
    centroids = await fitCentroids(turned, cut, context, { steps: 1, start: centroids });
    coded = await codedRows(centroids, cut, turned, context);
    errors.push(squaredError(turned, coded));
    const [before, after] = errors.slice(-2);
    if (!(after < before * (1 - LEAST_GAIN))) break;
  }
  return { rotation, centroids, errors };
}

/** The rows along the new axes. */
export async function turnedBy(
  rotation: Matrix,
  rows: Matrix,
  { engine, work: { signal } }: CodeContext,
): Promise<Matrix<Float32Array>> {
  return toFloat32(await engine.matmul(rows, toFloat32(rotation), true, { signal }));
}

async function codedRows(centroids: Matrix, cut: Cut, turned: Matrix, context: CodeContext) {
  const bytes = await productCodes(centroids, cut, turned, context);
  const codes = { rows: turned.rows, bytesPerVector: bytes.length / turned.rows, bytes };
  return productRows(centroids, cut, codes);
}

/** The d principal axes, part by part: each goes to the part with the least product of variances that has room. */
async function balancedAxes(
  rows: Matrix,
  cut: Cut,
  { engine, work: { signal } }: FitContext,
): Promise<Matrix<Float32Array>> {
  const d = rows.cols;
  const products = await engine.gram(centered(rows), { signal });
  const { values, vectors } = await engine.linalg.eigh(products, { signal });
  const least = Math.max(values[0] * LEAST_SHARE, Number.MIN_VALUE);
  const lengths = lengthsOf(cut.parts, d);
  const dealt: number[][] = lengths.map(() => []);
  const weights = new Float64Array(cut.parts);
  for (let axis = 0; axis < d; axis++) {
    let to = -1;
    for (let p = 0; p < cut.parts; p++) {
      const hasRoom = dealt[p].length < lengths[p];
      if (hasRoom && (to < 0 || weights[p] < weights[to])) to = p;
    }
    dealt[to].push(axis);
    weights[to] += log(Math.max(values[axis], least) / least);
  }
  const out = zeros(d, d);
  for (const [row, axis] of dealt.flat().entries())
    out.data.set(vectors.data.subarray(axis * d, (axis + 1) * d), row * d);
  return out;
}
