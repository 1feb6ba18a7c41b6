import { ShapeError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';
import { type Patches, patchShape } from '../matmul/patches.ts';
import { requireSameShape } from '../shapes.ts';

/**
 * max-pool: images, a row of channels for each place, and windows over them → for each window and channel the largest
 * number and where in the images it stands first. NaN counts as the largest. Places beyond the image do not count; a
 * window that sees none has −∞ at place −1. Bytes are the same on every engine.
 */
export function requirePool(
  images: Matrix,
  windows: Patches,
  out: Matrix,
  places: Int32Array,
): number {
  const [count] = patchShape(images, windows);
  requireSameShape('max-pool', 'out', out, { ...out, rows: count, cols: images.cols });
  if (places.length !== count * images.cols)
    throw new ShapeError('max-pool', `${count * images.cols} places`, `${places.length}`);
  return count;
}

/** What a task computes on: windows `first` … `end`. */
export interface Pool {
  readonly images: Matrix;
  readonly windows: Patches;
  readonly out: Matrix;
  readonly places: Int32Array;
}
