import { alike, type Matrix, matrix, rows as rowsOf, zeros64 } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { transposed } from '../../core/transposed.ts';
import type { Engine, Work } from '../../engine/engine.ts';
import { meanSquare, type PrincipalAxes, turnInPlace } from './principal-axes.ts';

export interface RandomizedAxesOptions {
  readonly engine: Engine;
  readonly random: Random;
  /** How often the sketch is multiplied by XᵀX. */
  readonly iterations: number;
  readonly work?: Work | undefined;
}

/** Directions of the sketch beyond those wanted. */
const MORE = 10;

/**
 * The leading principal axes of n × d rows, about the origin, by subspace iteration from a Gaussian sketch of
 * l = count + 10 directions and the eigenvectors of XᵀX within it: O(ndl) time an iteration, O((n + d)l) memory.
 *
 * Source: Halko, Martinsson, Tropp 2011, algorithms 4.4 and 5.3.
 */
export async function randomizedAxes(
  points: Matrix,
  count: number,
  { engine, random, iterations, work }: RandomizedAxesOptions,
): Promise<PrincipalAxes> {
  const { rows: n, cols: d } = points;
  const width = Math.min(d, count + MORE);
  const sketch = zeros64(d, width);
  random.normals(sketch.data);
  /** XᵀX·Q. */
  const squared = async (q: Matrix) => {
    const images = await engine.matmul(points, alike(q, points), {}, work);
    return engine.matmul(points, images, { transposeA: true }, work);
  };
  let basis = (await engine.linalg.qr(await squared(sketch), work)).q;
  for (let i = 0; i < iterations; i++)
    basis = (await engine.linalg.qr(await squared(basis), work)).q;
  const images = await engine.matmul(points, alike(basis, points), {}, work);
  const { values: all, vectors } = await engine.linalg.eigh(await engine.gram(images, work), work);
  const inBasis = rowsOf(vectors, 0, count);
  const axes = times(inBasis, transposed(basis));
  const noise = all[0] * (points.data instanceof Float32Array ? 2 ** -40 : width * 2 ** -50);
  const values = Float64Array.from({ length: count }, (_, k) => (all[k] > noise ? all[k] / n : 0));
  const residual = largestResidual(transposed(await squared(transposed(axes))), axes, values, n);
  for (let k = 0; k < count; k++) if (values[k] === 0) axes.data.fill(0, k * d, (k + 1) * d);
  turnInPlace(axes);
  return { values, vectors: axes, total: meanSquare(points), residual };
}

/** A·B in float64, of a small A. */
function times(a: Matrix, b: Matrix): Matrix<Float64Array> {
  const out = matrix(new Float64Array(a.rows * b.cols), a.rows, b.cols);
  for (let i = 0; i < a.rows; i++) {
    for (let k = 0; k < a.cols; k++) {
      const factor = a.data[i * a.cols + k];
      for (let j = 0; j < b.cols; j++) out.data[i * b.cols + j] += factor * b.data[k * b.cols + j];
    }
  }
  return out;
}

/** max over k of ‖rowₖ/n − λₖvₖ‖/λ₁, row k of `moved` being XᵀXvₖ. */
function largestResidual(moved: Matrix, axes: Matrix, values: Float64Array, n: number): number {
  const d = axes.cols;
  let largest = 0;
  for (let k = 0; k < axes.rows; k++) {
    let squares = 0;
    for (let c = k * d; c < (k + 1) * d; c++)
      squares += (moved.data[c] / n - values[k] * axes.data[c]) ** 2;
    largest = Math.max(largest, Math.sqrt(squares));
  }
  return values[0] > 0 ? largest / values[0] : 0;
}
