import { InputError, OptionError, ShapeError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';
import type { CodeProblem } from '../types.ts';
import { requireRoom } from './room.ts';

/** What the caller calls the number of points and of dimensions. */
export interface SizeNames {
  readonly n: string;
  readonly d: string;
}

/** Refuses sizes and kept points that make no sense, in a sentence. */
export function requireProblem(
  where: string,
  { n, d, kept }: CodeProblem,
  names: SizeNames = { n: 'n', d: 'd' },
): void {
  if (!Number.isSafeInteger(n) || n < 2) {
    throw new OptionError(where, names.n, 'an integer of at least 2: one point is never apart', n);
  }
  if (!Number.isSafeInteger(d) || d < 2) {
    const why = d === 1 ? ': in 1 dimension there are only +1 and −1' : '';
    throw new OptionError(where, names.d, `an integer of at least 2${why}`, d);
  }
  requireRoom(where, n, d, names.n);
  if (kept) requireKept(where, kept, n, d);
}

function requireKept(where: string, kept: Matrix<Float64Array>, n: number, d: number): void {
  if (kept.cols !== d) {
    throw new ShapeError(where, `kept points with ${d} coordinates`, `${kept.cols}`);
  }
  if (kept.rows < 1 || kept.rows >= n) {
    throw new ShapeError(where, `1 to ${n - 1} kept points, fewer than n = ${n}`, `${kept.rows}`);
  }
  for (let i = 0; i < kept.rows; i++) {
    let squared = 0;
    for (let c = 0; c < d; c++) squared += kept.data[i * d + c] ** 2;
    if (!(Math.abs(squared - 1) < 1e-6)) {
      const length = Math.sqrt(squared);
      throw new InputError(
        where,
        `kept point ${i} has length ${length}; it must be a unit vector.`,
      );
    }
  }
}
