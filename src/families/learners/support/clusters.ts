import { type Floats, type Matrix, matrix } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import {
  constant,
  evaluate,
  linear,
  normalizeRows,
  softmax,
  type Tensor,
  type Workspace,
} from '../../../learning/index.ts';
import { productsOf } from '../../../numerics/rows/products.ts';
import { doublyStochastic } from '../../../numerics/solvers/doubly-stochastic.ts';
import { spectralClusters } from '../../../structures/clusters/spectral-clusters.ts';
import { TOLERANCE } from './cluster-losses.ts';
import { rangeOf } from './inputs.ts';

/** Rows whose memberships are cut into clusters, at most: Γ is stored. */
const MOST = 1000;
const BLOCK = 1024;

/**
 * The mean direction of each cluster, k × d: those of the spectral clusters of the doubly stochastic membership of rows. An
 * empty cluster has zeros.
 *
 * @param rowsOf the cluster head’s rows of examples
 */
export async function findCenters(
  rowsOf: (rows: Int32Array) => Tensor,
  n: number,
  { k, entropy }: { readonly k: number; readonly entropy: number },
  random: Random,
  workspace: Workspace,
): Promise<Float64Array> {
  const chosen = n > MOST ? random.fork('rows').sample(n, MOST).toSorted() : rangeOf(0, n);
  const rows = normalizeRows(rowsOf(chosen));
  const unit = matrix(await evaluate(rows, workspace), rows.shape[0], rows.shape[1]);
  const options = { entropy, tolerance: TOLERANCE };
  const { matrix: gamma } = doublyStochastic(productsOf(unit), options);
  const { linalg } = workspace.engine;
  const of = await spectralClusters(gamma, Math.min(k, unit.rows), random, linalg);
  return meanDirections(unit, of, k);
}

/** A number for each cluster, the largest for a row’s own: cosines with the centers, or the shares themselves. */
export function similarities(
  rows: Tensor,
  centers: Matrix,
  membership: 'doubly-stochastic' | 'softmax',
): Tensor {
  if (membership === 'softmax') return softmax(rows);
  return linear(normalizeRows(rows), constant(centers.data, [centers.rows, centers.cols]));
}

/** The cluster of each of n examples. */
export async function clustersByCenters(
  numbersOf: (rows: Int32Array) => Tensor,
  n: number,
  k: number,
  workspace: Workspace,
): Promise<Int32Array> {
  const of = new Int32Array(n);
  for (let a = 0; a < n; a += BLOCK) {
    const rows = rangeOf(a, Math.min(n, a + BLOCK));
    const found = await evaluate(numbersOf(rows), workspace);
    rows.forEach((row, i) => {
      of[row] = largestOf(found, i * k, k);
    });
  }
  return of;
}

function largestOf(values: Floats, start: number, k: number): number {
  let best = 0;
  for (let c = 1; c < k; c++) if (values[start + c] > values[start + best]) best = c;
  return best;
}

function meanDirections({ data, cols: d }: Matrix, of: Int32Array, k: number): Float64Array {
  const sums = new Float64Array(k * d);
  of.forEach((own, i) => {
    for (let c = 0; c < d; c++) sums[own * d + c] += data[i * d + c];
  });
  for (let own = 0; own < k; own++) {
    const row = sums.subarray(own * d, (own + 1) * d);
    const length = Math.hypot(...row);
    for (let c = 0; c < d; c++) row[c] = length > 0 ? row[c] / length : 0;
  }
  return sums;
}
