import { type Matrix, toFloat32 } from '../../../core/matrix.ts';
import { transposed } from '../../../core/transposed.ts';
import type { Engine } from '../../../engine/engine.ts';

/** What it takes to compute. */
export interface Computing {
  readonly engine: Engine;
  readonly signal?: AbortSignal | undefined;
}

/** XᵀX, d × d, or XXᵀ, n × n, where that is smaller; in float64. */
export async function smallerGram(
  points: Matrix,
  { engine, signal }: Computing,
): Promise<Matrix<Float64Array>> {
  return engine.gram(isWide(points) ? transposed(points) : points, { signal });
}

/** X·S, n × d, or S·X where S belongs to XXᵀ: for S a function of `smallerGram(X)`. */
export async function timesSmaller(
  points: Matrix,
  square: Matrix<Float64Array>,
  out: Matrix,
  { engine, signal }: Computing,
): Promise<void> {
  const s = inElementTypeOf(points, square);
  if (isWide(points)) await engine.matmul(s, points, { out }, { signal });
  else await engine.matmul(points, s, { out }, { signal });
}

/** The matrix in the element type of the points, which is what their engine takes. */
export function inElementTypeOf({ data }: Matrix, m: Matrix<Float64Array>): Matrix {
  return data instanceof Float32Array ? toFloat32(m) : m;
}

const isWide = ({ rows: n, cols: d }: Matrix) => n < d;
