import type { Quadratic } from '../exact/quadratic.ts';
import * as K from '../exact/quadratic.ts';
import * as Q from '../exact/rational.ts';
import type { Bound } from './bound.ts';
import { exactBound, roundedBound } from './bound.ts';
import { levenshteinExactly, levenshteinProves } from './levenshtein-exact.ts';

/** Beyond this k the search stops; a bound found below it is proven all the same. */
const LARGEST_K = 4000;

export interface LevenshteinValue {
  /** L_m(s): no code with all cosines at most s has more points. */
  readonly value: number;
  readonly m: number;
}

/**
 * Levenshtein's bound in floating point: the L_m whose interval holds s, for −1 < s < 1, d ≥ 3.
 *
 * With P_k the Gegenbauer polynomial of dimension d, P_k(1) = 1, and R_k that of dimension d + 2:
 * m = 2k − 1 for the first k with P_k(s) ≤ P_{k+1}(s), m = 2k for the first with R_k(s) ≤ 0. The
 * ends of the intervals are the largest zeros of P_k − P_{k+1} (other than 1) and of R_k, and both
 * grow with k, so the first change of sign names the interval and no zero is ever computed.
 */
export function levenshteinValue(s: number, d: number): LevenshteinValue {
  let [below, at, above] = [1, s, (d * s * s - 1) / (d - 1)];
  let [derivativeBelow, derivativeAt] = [1, s];
  // C(k+d−3, k−1) for the odd and C(k+d−2, k) for the even members.
  let oddCount = 1;
  for (let k = 1; k <= LARGEST_K; k++) {
    const evenCount = (oddCount * (k + d - 2)) / k;
    if (at <= above) {
      const ratio = (below - at) / ((1 - s) * at);
      return { value: oddCount * ((2 * k + d - 3) / (d - 1) - ratio), m: 2 * k - 1 };
    }
    if (derivativeAt <= 0) {
      const ratio = ((1 + s) * (at - above)) / ((1 - s) * (at + above));
      return { value: evenCount * ((2 * k + d - 1) / (d - 1) - ratio), m: 2 * k };
    }
    oddCount = evenCount;
    const next = ((2 * k + d) * s * above - (k + 1) * at) / (k + d - 1);
    [below, at, above] = [at, above, next];
    const nextDerivative = ((2 * k + d) * s * derivativeAt - k * derivativeBelow) / (k + d);
    [derivativeBelow, derivativeAt] = [derivativeAt, nextDerivative];
  }
  return { value: Infinity, m: Infinity };
}

/** The s with L(s) = n in floating point. */
export function levenshteinCosine(n: number, d: number): number {
  let low = -1 / (n - 1) - 1e-9;
  let high = 1;
  while (high - low > Math.max(Math.abs(low), 1e-3) * 2 ** -53) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (levenshteinValue(middle, d).value < n) low = middle;
    else high = middle;
  }
  return low;
}

/** Levenshtein's closed form, for every n ≥ 2 and d ≥ 3. */
export function levenshtein(n: number, d: number): Bound | undefined {
  if (d < 3) return undefined;
  const text = {
    name: 'Levenshtein',
    source: 'Levenshtein, Designs as maximum codes in polynomial metric spaces, 1992',
  };
  const s = levenshteinCosine(n, d);
  const exact = sharpCosine(s, n, d);
  if (exact) {
    const how = `L(s) = ${n} exactly at s = ${K.quadraticText(exact)}, and L increases`;
    return exactBound({ ...text, how }, exact);
  }
  const how = `L(s) < ${n} and the interval of s, in whole numbers`;
  for (let step = 1; step < 2 ** 40; step *= 2) {
    const lower = s - step * Math.max(Math.abs(s), 2 ** -20) * 2 ** -52;
    if (levenshteinProves(lower, n, d)) return roundedBound({ ...text, how }, lower);
  }
  return undefined;
}

/** A short exact number beside s at which L is exactly n, if there is one. */
function sharpCosine(s: number, n: number, d: number): Quadratic | undefined {
  const candidates = [
    ...nearbyFraction(s).map((x) => K.fraction(x.n, x.d)),
    ...nearbyFraction(s * s).map((x) => (s < 0 ? K.negated(K.squareRoot(x)) : K.squareRoot(x))),
  ];
  return candidates.find((candidate) => {
    const value = levenshteinExactly(candidate, d);
    return value !== undefined && K.compareQuadratics(value, K.fraction(n)) === 0;
  });
}

/** The continued fraction of x with a denominator up to 10^5, if it meets x to rounding. */
function nearbyFraction(x: number): Q.Rational[] {
  let [topBefore, top, bottomBefore, bottom] = [0, 1, 1, 0];
  let rest = x;
  for (let i = 0; i < 20; i++) {
    const whole = Math.floor(rest);
    [topBefore, top] = [top, whole * top + topBefore];
    [bottomBefore, bottom] = [bottom, whole * bottom + bottomBefore];
    if (bottom > 1e5) return [];
    if (Math.abs(top / bottom - x) <= 1e-13 * Math.max(1e-2, Math.abs(x))) {
      return [Q.rational(top, bottom)];
    }
    rest = 1 / (rest - whole);
  }
  return [];
}
