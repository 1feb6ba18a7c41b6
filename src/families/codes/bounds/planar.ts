import {
  cosineOfHalfTurns,
  lowEnd,
  product,
  quotient,
  sineOfHalfTurns,
} from '../exact/interval.ts';
import * as K from '../exact/quadratic.ts';
import * as Q from '../exact/rational.ts';
import type { Bound } from './bound.ts';
import { cosineOfDegrees, exactBound, roundedBound } from './bound.ts';

/** On a line two points are opposite and a third repeats one; on the circle the regular n-gon is best. */
export function planar(n: number, d: number): Bound | undefined {
  if (d === 1 && n > 2) {
    const text = { name: 'two points', source: 'elementary', how: 'the line has two unit vectors' };
    return exactBound(text, K.fraction(1));
  }
  if (d !== 2) return undefined;
  const how = 'the n gaps around the circle add up to 360°';
  const text = { name: 'regular polygon', source: 'elementary', how };
  const exact = cosineOfDegrees(360 / n);
  if (exact) return exactBound(text, exact);
  return roundedBound(text, Q.toNumberDown(lowEnd(cosineOfHalfTurns(Q.rational(2, n)))));
}

/**
 * Fejes Tóth (d = 3): cos θ ≥ (cot²ω − 1)/2 with ω = nπ/(6(n − 2)), for n ≥ 3.
 *
 * Sharp at n = 3, 4, 6 and 12, and the tightest closed form in three dimensions for larger n.
 */
export function fejesToth(n: number, d: number): Bound | undefined {
  if (d !== 3 || n < 3) return undefined;
  const text = {
    name: 'Fejes Tóth',
    source: 'Fejes Tóth, Über die Abschätzung des kürzesten Abstandes zweier Punkte, 1943',
    how: 'closed form, in interval arithmetic of 192 bits',
  };
  if (n === 12) return exactBound(text, K.quadratic(Q.ZERO, Q.rational(1, 5), 5));
  const omega = Q.rational(n, 6 * (n - 2));
  const cosine = cosineOfHalfTurns(omega);
  const sine = sineOfHalfTurns(omega);
  const squared = quotient(product(cosine, cosine), product(sine, sine));
  const low = Q.divide(Q.subtract(lowEnd(squared), Q.ONE), Q.rational(2));
  return roundedBound(
    text,
    Q.toNumberDown(Q.compare(low, Q.rational(-1, 2)) < 0 ? Q.rational(-1, 2) : low),
  );
}
