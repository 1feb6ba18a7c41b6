import { OptionError, ShapeError } from '../../core/errors.ts';
import { largestPlaces } from '../../numerics/rows/largest-places.ts';
import { operation, rowsOf, type Tensor } from '../tape/tensor.ts';

export interface TopKOptions {
  /** A number for each column: 0 for columns that are never kept. Default: all may be. */
  readonly among?: ArrayLike<number> | undefined;
}

/**
 * The k largest numbers of each row where they stand, 0 elsewhere: x … × d. Of equal numbers the first are kept. The
 * gradient goes to those that are kept.
 */
export function topK(x: Tensor, k: number, { among }: TopKOptions = {}): Tensor {
  const [n, d] = rowsOf(x.shape);
  if (!Number.isSafeInteger(k) || k < 1 || k > d)
    throw new OptionError('topK', 'k', `a whole number from 1 to ${d}, the columns`, k);
  if (among && among.length !== d)
    throw new ShapeError('topK', `a number for each of ${d} columns in among`, `${among.length}`);
  let kept: Int32Array[] = [];
  return operation('topK', [x], x.shape, {
    forward({ inputs: [a], out }) {
      kept = Array.from({ length: n }, (_, i) => largestPlaces(a, i * d, (i + 1) * d, k, among));
      copyKept(kept, d, a, out);
    },
    backward({ gradient, to: [toX] }) {
      if (toX) copyKept(kept, d, gradient, toX);
    },
  });
}

/** `to` ← the numbers of `from` at the places that each row keeps, 0 elsewhere. */
function copyKept(
  kept: readonly Int32Array[],
  d: number,
  from: ArrayLike<number>,
  to: Float32Array | Float64Array,
): void {
  to.fill(0);
  kept.forEach((places, i) => {
    for (const c of places) to[i * d + c] = from[i * d + c];
  });
}
