import { OptionError, ShapeError } from '../../core/errors.ts';
import type { Floats } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { transposed } from '../../core/transposed.ts';
import { qr } from '../../numerics/decompositions/qr.ts';
import { svd } from '../../numerics/decompositions/svd.ts';
import { addMixed, innerProducts } from './small-matrices.ts';

/** k of a manifold of k orthonormal rows. */
export function requireCount(where: string, k: number): void {
  if (!(Number.isSafeInteger(k) && k >= 1))
    throw new OptionError(where, 'k', 'a whole number of rows, at least 1', k);
}

/** p, the length of the k rows of a point. */
export function rowLength(where: string, k: number, x: Floats): number {
  const p = x.length / k;
  if (!Number.isInteger(p) || p < k)
    throw new ShapeError(
      where,
      `${k} rows of one length, at least ${k}, one after another`,
      `${x.length} numbers`,
    );
  return p;
}

/** The orthonormal rows Q (k × p) and the k × k matrix R, upper triangular, with rows_j = Σᵢ R[i,j]·qᵢ. */
export function factored(rows: Floats, k: number, p: number): { q: Float64Array; r: Float64Array } {
  const { q, r } = qr(transposed({ data: rows, rows: k, cols: p }));
  return { q: transposed(q).data, r: r.data };
}

/** The nearest k orthonormal rows: the polar factor U·Vᵀ of rows = U·S·Vᵀ. */
export function nearestFrame(rows: Floats, k: number, p: number): Float64Array {
  const { u, v } = svd({ data: rows, rows: k, cols: p });
  const out = new Float64Array(k * p);
  addMixed(transposed(v).data, k, p, transposed(u).data, out, k);
  return out;
}

/** k orthonormal rows, uniform under rotations: the Q of normal numbers. */
export function randomFrame(random: Random, k: number, p: number): Float64Array {
  return factored(
    Float64Array.from({ length: k * p }, () => random.normal()),
    k,
    p,
  ).q;
}

/** Takes the part along the orthonormal rows of `frame` off `rows`; twice, or a short rest would not be orthogonal. */
export function makeOrthogonal(frame: Floats, rows: Float64Array, k: number, p: number): void {
  for (let time = 0; time < 2; time++)
    addMixed(frame, k, p, innerProducts(frame, k, rows, k, p), rows, k, { scale: -1 });
}

/** One Newton–Schulz step to the nearest frame: rows orthonormal to ε become so to ε². */
export function polished(rows: Float64Array, k: number, p: number): Float64Array {
  const gram = innerProducts(rows, k, rows, k, p);
  const out = rows.map((value) => 1.5 * value);
  addMixed(rows, k, p, gram, out, k, { scale: -0.5 });
  return out;
}
