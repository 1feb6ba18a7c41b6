import type { Floats } from '../../../core/matrix.ts';
import type { TensorVersions } from '../types.ts';

/** A row this near to length 1 lies on the sphere as exactly as its numbers allow. */
const ROUNDING = 1e-6;

/** Merged numbers in the element type of the models; rows of a tensor on the sphere go back to it. */
export function mergedRows(
  { base, shape, manifold }: TensorVersions,
  merged: ArrayLike<number>,
): Floats {
  const data = new (base.constructor as new (values: ArrayLike<number>) => Floats)(merged);
  if (manifold?.id !== 'sphere') return data;
  const rows = shape[0] ?? 1;
  const d = data.length / rows;
  for (let i = 0; i < rows; i++) {
    const row = data.subarray(i * d, (i + 1) * d);
    let squares = 0;
    for (const x of row) squares += x * x;
    const isOff = Math.abs(squares - 1) > ROUNDING;
    // Directions that cancel leave none; those of the base are as good as any.
    if (squares === 0) row.set(base.subarray(i * d, (i + 1) * d));
    else if (isOff) manifold.projectPoint(row.slice(), row);
  }
  return data;
}
