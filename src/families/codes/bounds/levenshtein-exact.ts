import type { Quadratic } from '../exact/quadratic.ts';
import * as K from '../exact/quadratic.ts';
import * as Q from '../exact/rational.ts';

/** A sharp code of degree beyond this is not known outside the plane. */
const LARGEST_SHARP_K = 12;

/**
 * Whether L(s) < n, in whole numbers, for a double s with L of dimension d ≥ 3.
 *
 * With s = p/q, A_k = P_k(s) q^k Π_{j<k}(j + d − 2) is a whole number. The first k at which a sign
 * changes proves that s lies in the interval of that member: P_0 > … and R_0 > … up to there are the
 * Sturm sequences of the polynomials whose largest zeros end the interval on the left, and a value
 * of at most 0 at s, where the polynomial is positive at 1, puts a zero to its right.
 */
export function levenshteinProves(s: number, n: number, d: number): boolean {
  if (!(s > -1 && s < 1)) return false;
  const { n: p, d: q } = Q.fromNumber(s);
  const D = BigInt(d);
  let below = 1n;
  let at = p;
  let derivativeBelow = 1n;
  let derivativeAt = p;
  let count = 1n;
  for (let k = 1n; ; k++) {
    // `lift` brings a term of index k to the scale of index k + 1.
    const lift = q * (k + D - 2n);
    const atScale = k === 1n ? 1n : k + D - 3n;
    const above = (2n * k + D - 2n) * p * at - k * q * q * atScale * below;
    const evenCount = (count * (k + D - 2n)) / k;
    if (at * lift <= above) {
      const ratioTop = below * q * atScale - at;
      return at < 0n && holds(count, 2n * k + D - 3n, ratioTop, -at, q);
    }
    if (derivativeAt <= 0n) {
      const ratioTop = at * lift - above;
      const ratioBottom = -(at * lift + above);
      return ratioBottom > 0n && holds(evenCount, 2n * k + D - 1n, ratioTop, ratioBottom, q + p);
    }
    count = evenCount;
    [below, at] = [at, above];
    const derivativeScale = k === 1n ? 1n : k + D - 1n;
    const next = (2n * k + D) * p * derivativeAt - k * q * q * derivativeScale * derivativeBelow;
    [derivativeBelow, derivativeAt] = [derivativeAt, next];
  }

  /** count · (first/(d−1) + factor · top / ((q−p) · bottom)) < n, all parts positive. */
  function holds(count: bigint, first: bigint, top: bigint, bottom: bigint, factor: bigint) {
    const left = count * (first * (q - p) * bottom + (D - 1n) * factor * top);
    return left < BigInt(n) * (D - 1n) * (q - p) * bottom;
  }
}

/** L(s) exactly at an exact s, or undefined when s lies beyond the members that can be sharp. */
export function levenshteinExactly(s: Quadratic, d: number): Quadratic | undefined {
  const one = K.fraction(1);
  const term = (t: Quadratic, k: number, dim: number, current: Quadratic, before: Quadratic) =>
    K.over(
      K.minus(
        K.times(K.fraction(2 * k + dim - 2), K.times(t, current)),
        K.times(K.fraction(k), before),
      ),
      K.fraction(k + dim - 2),
    );
  let [below, at, derivativeBelow, derivativeAt] = [one, s, one, s];
  let count = one;
  for (let k = 1; k <= LARGEST_SHARP_K; k++) {
    const above = term(s, k, d, at, below);
    const evenCount = K.times(count, K.fraction(k + d - 2, k));
    if (K.signOf(K.minus(at, above)) <= 0) {
      if (K.signOf(at) >= 0) return undefined;
      const ratio = K.over(K.minus(below, at), K.times(K.minus(one, s), at));
      return K.times(count, K.minus(K.fraction(2 * k + d - 3, d - 1), ratio));
    }
    if (K.signOf(derivativeAt) <= 0) {
      const bottom = K.plus(at, above);
      if (K.signOf(bottom) >= 0) return undefined;
      const top = K.times(K.plus(one, s), K.minus(at, above));
      const ratio = K.over(top, K.times(K.minus(one, s), bottom));
      return K.times(evenCount, K.minus(K.fraction(2 * k + d - 1, d - 1), ratio));
    }
    count = evenCount;
    [below, at] = [at, above];
    const next = term(s, k, d + 2, derivativeAt, derivativeBelow);
    [derivativeBelow, derivativeAt] = [derivativeAt, next];
  }
  return undefined;
}
