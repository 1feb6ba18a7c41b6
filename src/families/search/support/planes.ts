import { type Matrix, matrix, zeros } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import type { SearchContext } from '../types.ts';

/** Bit k of a row x: whether ⟨planes_k, x⟩ lies above threshold k. Without planes ⟨planes_k, x⟩ is x_k. */
export interface HashPlanes {
  /** b × d. */
  readonly planes?: Matrix<Float32Array> | undefined;
  readonly thresholds: Float32Array;
}

/** The products of planes with a point: planes through it. */
export function thresholdsAt({ data, rows, cols }: Matrix, point: Float64Array): Float32Array {
  return Float32Array.from({ length: rows }, (_, k) =>
    point.reduce((sum, x, c) => sum + x * data[k * cols + c], 0),
  );
}

/** Normals of random planes, of all directions alike. */
export function randomPlanes(count: number, d: number, random: Random): Matrix<Float32Array> {
  const planes = zeros(count, d);
  for (let e = 0; e < planes.data.length; e++) planes.data[e] = random.normal();
  return planes;
}

/** ⟨planes_k, x⟩ for every row. */
export async function onPlanes(
  planes: Matrix<Float32Array> | undefined,
  rows: Matrix<Float32Array>,
  { engine, work: { signal } }: SearchContext,
): Promise<Matrix> {
  return planes ? engine.matmul(rows, planes, true, { signal }) : rows;
}

/** A matrix of a file. */
export const planesOf = (data: Float32Array, bits: number): Matrix<Float32Array> =>
  matrix(data, bits, data.length / bits);
