import type { Work } from '../../engine/engine.ts';
import type { Space } from './types.ts';

/** The min(n, d) singular values of the unit rows, from the smaller of their products. */
export async function singularValuesOf(
  space: Pick<Space, 'products' | 'engine'>,
  work: Work,
): Promise<Float64Array> {
  // XXᵀ has the same non-zero eigenvalues as XᵀX.
  const small = await space.products('unit');
  return rootsOfEigenvalues(await space.engine.linalg.symmetricEigenvalues(small, work));
}

/**
 * √λ; eigenvalues below the rounding of the Gram matrix (its size times 2⁻⁵², relative to the
 * largest) are noise and count as 0.
 */
function rootsOfEigenvalues(values: Float64Array): Float64Array {
  const floor = values[0] * values.length * 2 ** -52;
  return values.map((value) => (value > floor ? Math.sqrt(value) : 0));
}
