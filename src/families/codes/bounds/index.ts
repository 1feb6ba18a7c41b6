/**
 * Proven bounds on how far apart n points (or lines) can be.
 *
 * A bound is a cosine that the closest pair must reach. Floating point only proposes one; each is
 * then checked in whole numbers, exact surds or intervals, and every rounding makes it weaker.
 */
export type { Bound } from './bound.ts';
export { allUpperBounds, linearProgrammingBound } from './delsarte.ts';
export { lineBounds } from './lines.ts';
export { sphereBounds as upperBounds } from './sphere.ts';
