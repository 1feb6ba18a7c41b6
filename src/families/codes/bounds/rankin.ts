import * as K from '../exact/quadratic.ts';
import type { Bound } from './bound.ts';
import { exactBound } from './bound.ts';

const source = 'Rankin, The closest packing of spherical caps in n dimensions, 1955';

/** Rankin: the simplex for n ≤ d + 1, the cross-polytope for d + 2 ≤ n ≤ 2d; sharp for all of them. */
export function rankin(n: number, d: number): Bound | undefined {
  if (n <= d + 1) {
    const how = 'the sum of n unit vectors has a square length of at least 0';
    return exactBound({ name: 'Rankin (simplex)', source, how }, K.fraction(-1, n - 1));
  }
  if (n <= 2 * d) {
    const how = 'at most d + 1 vectors have pairwise negative products';
    return exactBound({ name: 'Rankin (cross-polytope)', source, how }, K.fraction(0));
  }
  return undefined;
}
