import { InputError, ShapeError } from '../../../core/errors.ts';
import { requireFinite } from '../../../core/finite.ts';
import { givenPoints } from '../../../core/given-points.ts';
import { type Matrix, toFloat32 } from '../../../core/matrix.ts';
import { requireSparse } from '../../../core/sparse.ts';
import type { CheckedCorpus, Corpus, Kind } from '../types.ts';

/** Refuses what an index of that kind cannot take; vectors come as float32. */
export function checkedCorpus(id: string, given: Corpus, kind: Kind): CheckedCorpus {
  if (kind === 'texts') {
    if (!given.texts) throw new InputError(id, 'it searches texts, and there are none.');
    return { ...given, points: undefined, n: given.texts.length };
  }
  if (kind === 'sparse') {
    if (!given.sparse) throw new InputError(id, 'it searches sparse rows, and there are none.');
    requireSparse(id, given.sparse);
    return { ...given, points: undefined, n: given.sparse.rows };
  }
  if (given.points === undefined) throw new InputError(id, 'it searches vectors; there are none.');
  const points = checkedPoints(id, givenPoints(id, given.points));
  if (kind === 'points') return { ...given, points, n: points.rows };
  const offsets = given.offsets ?? Int32Array.from({ length: points.rows + 1 }, (_, i) => i);
  requireOffsets(id, offsets, points.rows);
  return { ...given, points, offsets, n: offsets.length - 1 };
}

function checkedPoints(id: string, points: Matrix): Matrix<Float32Array> {
  const finite = requireFinite(id, points);
  if (finite.data instanceof Float32Array) return finite as Matrix<Float32Array>;
  return requireFinite(id, toFloat32(finite)) as Matrix<Float32Array>;
}

function requireOffsets(id: string, offsets: Int32Array, rows: number): void {
  const odd = offsets.findIndex((place, i) => i > 0 && place <= offsets[i - 1]);
  if (odd > 0) throw new InputError(id, `document ${odd - 1} has no vectors; it needs 1 or more.`);
  const got = offsets.length === 0 ? 'none' : `${offsets[0]} to ${offsets[offsets.length - 1]}`;
  if (offsets.length < 2 || offsets[0] !== 0 || offsets.at(-1) !== rows)
    throw new ShapeError(id, `offsets from 0 to ${rows}, the number of vectors`, got);
}
