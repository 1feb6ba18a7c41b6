import { type Matrix, toFloat32, zerosLike } from '../../core/matrix.ts';
import type { Engine, Work } from '../../engine/engine.ts';

/** Rounds of the paper. */
const ROUNDS = 50;
/** A round that adds a smaller share is the last. */
const LEAST_GAIN = 1e-4;

export interface BinaryRotation {
  /** d × d: its rows are the new axes. */
  readonly rotation: Matrix<Float32Array>;
  /** 1/n Σ ‖R xᵢ‖₁ of the start and after each round. */
  readonly sums: readonly number[];
}

/**
 * Iterative quantization: the rotation R after which rows are nearest to corners of a cube,
 *
 *     min over B ∈ {−1, 1}^{n × d} and orthogonal R of ‖B − X·Rᵀ‖²,   that is   max of Σ ‖R xᵢ‖₁,
 *
 * by turns from a first one on: B = sign(X·Rᵀ), and R from the singular vectors of BᵀX (orthogonal Procrustes). The sum
 * never falls; a local maximum. X is n × d about its middle; up to 50 rounds of O(nd² + d³).
 */
export async function binaryRotation(
  points: Matrix<Float32Array>,
  start: Matrix<Float32Array>,
  { engine, work: { signal, onProgress } }: { readonly engine: Engine; readonly work: Work },
): Promise<BinaryRotation> {
  let rotation = start;
  let { corners, sum } = cornersOf(await engine.matmul(points, rotation, true, { signal }));
  const sums = [sum];
  for (let round = 0; round < ROUNDS; round++) {
    const products = await engine.matmul(corners, points, { transposeA: true }, { signal });
    const { u, v } = await engine.linalg.svd(products, { signal });
    const next = toFloat32(await engine.matmul(toFloat32(u), toFloat32(v), true, { signal }));
    const before = sum;
    ({ corners, sum } = cornersOf(await engine.matmul(points, next, true, { signal })));
    // Not above also where the rows are all 0.
    if (!(sum > before)) break;
    rotation = next;
    sums.push(sum);
    if (sum < before * (1 + LEAST_GAIN)) break;
    onProgress?.((round + 1) / ROUNDS);
  }
  return { rotation, sums };
}

/** The nearest corner of each row, and the mean over the rows of Σ_c |z_c|. */
function cornersOf(turned: Matrix): { readonly corners: Matrix; readonly sum: number } {
  const corners = zerosLike(turned);
  let sum = 0;
  for (let e = 0; e < turned.data.length; e++) {
    corners.data[e] = turned.data[e] > 0 ? 1 : -1;
    sum += Math.abs(turned.data[e]);
  }
  return { corners, sum: sum / turned.rows };
}
