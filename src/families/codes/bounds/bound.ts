import { ShapeError } from '../../../core/errors.ts';
import { degreesAbove } from '../exact/interval.ts';
import type { Quadratic } from '../exact/quadratic.ts';
import * as K from '../exact/quadratic.ts';
import * as Q from '../exact/rational.ts';

/** A proven statement: among any n unit vectors in R^d two have a cosine of at least `cosine`. */
export interface Bound {
  readonly name: string;
  readonly source: string;
  /** Lower bound on the largest cosine (for lines, on the largest |cos|), rounded down. */
  readonly cosine: number;
  /** Upper bound on the smallest angle in degrees, rounded up. */
  readonly deg: number;
  /** The same cosine as an exact number, where the bound is one. */
  readonly exact?: Quadratic;
  readonly status: 'proven';
  /** How the inequality was checked. */
  readonly how: string;
}

export interface BoundText {
  readonly name: string;
  readonly source: string;
  readonly how: string;
}

/** Cosines of angles that are whole numbers of degrees and not themselves awkward to write. */
const NAMED: readonly (readonly [number, Quadratic])[] = [
  [180, K.fraction(-1)],
  [150, K.quadratic(Q.ZERO, Q.rational(-1, 2), 3)],
  [144, K.quadratic(Q.rational(-1, 4), Q.rational(-1, 4), 5)],
  [135, K.quadratic(Q.ZERO, Q.rational(-1, 2), 2)],
  [120, K.fraction(-1, 2)],
  [108, K.quadratic(Q.rational(1, 4), Q.rational(-1, 4), 5)],
  [90, K.fraction(0)],
  [72, K.quadratic(Q.rational(-1, 4), Q.rational(1, 4), 5)],
  [60, K.fraction(1, 2)],
  [45, K.quadratic(Q.ZERO, Q.rational(1, 2), 2)],
  [36, K.quadratic(Q.rational(1, 4), Q.rational(1, 4), 5)],
  [30, K.quadratic(Q.ZERO, Q.rational(1, 2), 3)],
  [0, K.fraction(1)],
];

/** A bound at an exact cosine. */
export function exactBound(text: BoundText, cosine: Quadratic): Bound {
  const below = K.numberBelow(cosine);
  return { ...text, cosine: below, deg: degreesOf(cosine), exact: cosine, status: 'proven' };
}

/** A bound at a double that is itself proven. */
export function roundedBound(text: BoundText, cosine: number): Bound {
  return { ...text, cosine, deg: degreesAbove(Q.fromNumber(cosine)), status: 'proven' };
}

/** arccos of an exact cosine in degrees: exact where it is a known whole number, else rounded up. */
export function degreesOf(cosine: Quadratic): number {
  const known = NAMED.find(([, value]) => K.compareQuadratics(value, cosine) === 0);
  return known ? known[0] : degreesAbove(K.enclosure(cosine).low);
}

/** The exact cosine of a named angle. */
export const cosineOfDegrees = (degrees: number): Quadratic | undefined =>
  NAMED.find(([named]) => named === degrees)?.[1];

/** Tightest first; of equal bounds the one with an exact cosine first. */
export function tightestFirst(bounds: readonly Bound[]): Bound[] {
  const rank = (b: Bound) => (b.exact ? 0 : 1);
  return [...bounds].sort((x, y) => y.cosine - x.cosine || rank(x) - rank(y));
}

export function requirePoints(where: string, n: number, d: number): void {
  if (!Number.isSafeInteger(n) || n < 2) throw new ShapeError(where, 'at least 2 points', `${n}`);
  if (!Number.isSafeInteger(d) || d < 1)
    throw new ShapeError(where, 'at least 1 dimension', `${d}`);
}
