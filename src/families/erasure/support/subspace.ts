import { alike, type Matrix, matrix, zerosLike } from '../../../core/matrix.ts';
import { transposed, zerosOf } from '../../../core/transposed.ts';
import type { Fitted } from '../../../learning/index.ts';
import { lessRow } from '../../../numerics/rows/centered.ts';
import type { ErasureContext } from '../types.ts';

type Context = Pick<ErasureContext, 'engine' | 'work'>;

/**
 * The arrays of x ↦ x − (x − μ)·R·L. `writes`: L, q × d, what is taken out; `reads`: Rᵀ, q × d, by how much. The same
 * orthonormal rows for both make an orthogonal projection.
 */
export function subspaceArrays(
  mean: Float64Array,
  writes: Matrix<Float64Array>,
  reads: Matrix<Float64Array> = writes,
): Fitted['arrays'] {
  return { mean: matrix(mean, 1, mean.length), writes, reads };
}

/** Each row x ← x − (x − μ)·R·L. */
export async function withoutSubspace(
  { arrays: { mean, writes, reads } }: Fitted,
  rows: Matrix,
  { engine, work }: Context,
): Promise<Matrix> {
  const out = zerosLike(rows);
  out.data.set(rows.data);
  if (writes.rows === 0) return out;
  const amounts = await engine.matmul(lessRow(rows, mean.data), alike(reads, rows), true, work);
  const taken = await engine.matmul(amounts, alike(writes, rows), {}, work);
  for (let e = 0; e < out.data.length; e++) out.data[e] -= taken.data[e];
  return out;
}

/**
 * Orthonormal rows that span the rows given, q × d: their right singular vectors of more than `tolerance` times the
 * largest singular value, at most so many.
 */
export async function spanOf(
  rows: Matrix<Float64Array>,
  { engine, work }: Context,
  { tolerance = SPAN_TOLERANCE, most = rows.rows } = {},
): Promise<Matrix<Float64Array>> {
  const { s, v } = await engine.linalg.svd(rows, work);
  const kept = s.filter((value) => value > tolerance * s[0]).length;
  return firstColumns(v, Math.min(kept, most));
}

/** Rounding leaves rows that depend on others about 1e-15 beyond their span. */
const SPAN_TOLERANCE = 1e-12;

/** The first q columns as rows. */
export function firstColumns(m: Matrix<Float64Array>, q: number): Matrix<Float64Array> {
  const all = transposed(m);
  const out = zerosOf(all, q, m.rows);
  out.data.set(all.data.subarray(0, q * m.rows));
  return out;
}
