import { InternalError } from '../../../core/errors.ts';
import type { Rational } from './rational.ts';
import * as Q from './rational.ts';

/** A number known to lie in [low, high] · 2^−BITS; every operation rounds outwards. */
export interface Interval {
  readonly low: bigint;
  readonly high: bigint;
}

const BITS = 192n;
const UNIT = 1n << BITS;

export const enclosing = (x: Rational): Interval => ({
  low: Q.floorDivide(x.n << BITS, x.d),
  high: Q.ceilDivide(x.n << BITS, x.d),
});

export const integer = (n: number | bigint): Interval => {
  const value = BigInt(n) << BITS;
  return { low: value, high: value };
};

export const sum = (x: Interval, y: Interval): Interval => ({
  low: x.low + y.low,
  high: x.high + y.high,
});

export const difference = (x: Interval, y: Interval): Interval => ({
  low: x.low - y.high,
  high: x.high - y.low,
});

export function product(x: Interval, y: Interval): Interval {
  const { least, greatest } = extremes([
    x.low * y.low,
    x.low * y.high,
    x.high * y.low,
    x.high * y.high,
  ]);
  // A shift to the right of a BigInt rounds down.
  return { low: least >> BITS, high: -(-greatest >> BITS) };
}

/** x / y for an interval y that is all positive. */
export function quotient(x: Interval, y: Interval): Interval {
  if (y.low <= 0n) throw new InternalError('quotient', 'An interval divisor held zero.');
  return {
    low: Q.floorDivide(x.low << BITS, x.low < 0n ? y.low : y.high),
    high: Q.ceilDivide(x.high << BITS, x.high < 0n ? y.high : y.low),
  };
}

/** √x for x ≥ 0. */
export const root = (x: Interval): Interval => ({
  low: Q.integerSquareRoot((x.low < 0n ? 0n : x.low) << BITS),
  high: Q.integerSquareRoot(x.high << BITS) + 1n,
});

export const lowEnd = (x: Interval): Rational => Q.rational(x.low, UNIT);
export const highEnd = (x: Interval): Rational => Q.rational(x.high, UNIT);

/** π by Machin's formula 16 arctan(1/5) − 4 arctan(1/239). */
export const PI: Interval = /* @__PURE__ */ difference(
  product(integer(16), arctanOfInverse(5n)),
  product(integer(4), arctanOfInverse(239n)),
);

/** cos(πr). */
export function cosineOfHalfTurns(r: Rational): Interval {
  const folded = foldedHalfTurns(r);
  if (2n * folded.n > folded.d) {
    const inner = cosineOfHalfTurns(Q.subtract(Q.ONE, folded));
    return { low: -inner.high, high: -inner.low };
  }
  const x = product(PI, enclosing(folded));
  const square = product(x, x);
  let term = integer(1);
  let total = integer(1);
  // The terms alternate and, from the second on, shrink (x² < 2.5 < 3 · 4), so the first one left
  // out bounds the rest.
  for (let k = 1; ; k++) {
    term = quotient(product(term, square), integer((2 * k - 1) * (2 * k)));
    if (term.high <= 1n) return { low: total.low - 1n, high: total.high + 1n };
    total = k % 2 === 1 ? difference(total, term) : sum(total, term);
  }
}

/** sin(πr). */
export const sineOfHalfTurns = (r: Rational): Interval =>
  cosineOfHalfTurns(Q.subtract(r, Q.rational(1, 2)));

/** A double that is provably not below arccos(c) in degrees, for −1 ≤ c ≤ 1; within a few ulps. */
export function degreesAbove(c: Rational): number {
  if (Q.compare(c, Q.ONE) >= 0) return 0;
  let degrees = (Math.acos(Q.toNumberDown(c)) * 180) / Math.PI;
  for (let tries = 0; tries < 64; tries++) {
    if (degrees >= 180) return 180;
    const halfTurns = Q.divide(Q.fromNumber(degrees), Q.rational(180));
    if (Q.compare(highEnd(cosineOfHalfTurns(halfTurns)), c) <= 0) return degrees;
    // At a small angle one ulp moves the cosine by less than its own rounding: widen geometrically.
    degrees += degrees === 0 ? 1e-12 : degrees * 2 ** (tries - 52);
  }
  throw new InternalError(
    'degreesAbove',
    `No degree was found above arccos(${Number(c.n) / Number(c.d)}).`,
  );
}

/** |r| modulo 2, reflected into [0, 1]: cos(πr) does not change. */
function foldedHalfTurns(r: Rational): Rational {
  const positive = Q.magnitude(r.n) % (2n * r.d);
  return Q.rational(positive > r.d ? 2n * r.d - positive : positive, r.d);
}

function arctanOfInverse(n: bigint): Interval {
  let power = UNIT / n;
  let low = 0n;
  for (let k = 0n; power > 0n; k++) {
    const term = power / (2n * k + 1n);
    low += k % 2n === 0n ? term : -term;
    power /= n * n;
  }
  // Each of fewer than 2^8 terms was cut by less than two units, and the tail by less than one.
  return { low: low - 600n, high: low + 600n };
}

function extremes(values: readonly bigint[]): { least: bigint; greatest: bigint } {
  let [least, greatest] = [values[0], values[0]];
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return { least, greatest };
}
