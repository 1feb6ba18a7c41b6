import { InternalError } from '../../../core/errors.ts';

/** An exact fraction n/d in lowest terms with d > 0. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

export const ZERO: Rational = { n: 0n, d: 1n };
export const ONE: Rational = { n: 1n, d: 1n };

/** n/d in lowest terms. */
export function rational(n: bigint | number, d: bigint | number = 1n): Rational {
  const top = BigInt(n);
  const bottom = BigInt(d);
  if (bottom === 0n) throw new InternalError('rational', 'A denominator was zero.');
  const g = gcd(magnitude(top), magnitude(bottom)) * (bottom < 0n ? -1n : 1n);
  return { n: top / g, d: bottom / g };
}

/** The exact value of a finite double: every double is a dyadic rational. */
export function fromNumber(x: number): Rational {
  if (!Number.isFinite(x)) throw new InternalError('fromNumber', `${x} is not a finite number.`);
  if (x === 0) return ZERO;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = exponent === 0 ? fraction : fraction | (1n << 52n);
  const signed = x < 0 ? -mantissa : mantissa;
  const shift = Math.max(exponent, 1) - 1075;
  return shift >= 0 ? rational(signed << BigInt(shift)) : rational(signed, 1n << BigInt(-shift));
}

export const add = (x: Rational, y: Rational): Rational =>
  x.d === y.d ? rational(x.n + y.n, x.d) : rational(x.n * y.d + y.n * x.d, x.d * y.d);
export const subtract = (x: Rational, y: Rational): Rational => add(x, negate(y));
export const multiply = (x: Rational, y: Rational): Rational => rational(x.n * y.n, x.d * y.d);
export const divide = (x: Rational, y: Rational): Rational => rational(x.n * y.d, x.d * y.n);
export const negate = (x: Rational): Rational => ({ n: -x.n, d: x.d });

/** −1, 0 or 1. */
export const sign = (x: Rational): -1 | 0 | 1 => (x.n === 0n ? 0 : x.n < 0n ? -1 : 1);

/** −1 where x < y, 0 where equal, 1 where x > y. */
export function compare(x: Rational, y: Rational): -1 | 0 | 1 {
  const difference = x.n * y.d - y.n * x.d;
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

/** The largest double that is not above x. */
export function toNumberDown(x: Rational): number {
  if (x.n === 0n) return 0;
  const { mantissa, shift, exact } = leadingBits(magnitude(x.n), x.d);
  if (x.n > 0n) return scaled(mantissa, shift);
  return -scaled(exact ? mantissa : mantissa + 1n, shift);
}

/** The smallest double that is not below x. */
export const toNumberUp = (x: Rational): number => 0 - toNumberDown(negate(x));

/** p/q, or p alone where q is 1. */
export const rationalText = (x: Rational): string => (x.d === 1n ? `${x.n}` : `${x.n}/${x.d}`);

/** ⌊√x⌋ for x ≥ 0. */
export function integerSquareRoot(x: bigint): bigint {
  if (x < 2n) return x;
  let root = 1n << BigInt((bitLength(x) + 1) >> 1);
  for (;;) {
    const next = (root + x / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

export const magnitude = (x: bigint): bigint => (x < 0n ? -x : x);

/** ⌊x / y⌋ for y > 0; BigInt division alone rounds towards zero. */
export function floorDivide(x: bigint, y: bigint): bigint {
  const quotient = x / y;
  return x < 0n && quotient * y !== x ? quotient - 1n : quotient;
}

/** ⌈x / y⌉ for y > 0. */
export const ceilDivide = (x: bigint, y: bigint): bigint => -floorDivide(-x, y);

export function bitLength(x: bigint): number {
  const hex = magnitude(x).toString(16);
  return (hex.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(hex[0] ?? '0', 16)));
}

/** p/q cut to 53 bits: `mantissa` · 2^`shift` ≤ p/q, equal where `exact`. */
function leadingBits(p: bigint, q: bigint): { mantissa: bigint; shift: number; exact: boolean } {
  let shift = bitLength(p) - bitLength(q) - 53;
  for (;;) {
    const top = shift < 0 ? p << BigInt(-shift) : p;
    const bottom = shift > 0 ? q << BigInt(shift) : q;
    const mantissa = top / bottom;
    if (bitLength(mantissa) <= 53) return { mantissa, shift, exact: mantissa * bottom === top };
    shift++;
  }
}

/** mantissa · 2^shift in two factors, so that neither leaves the range of doubles. */
function scaled(mantissa: bigint, shift: number): number {
  const half = Math.trunc(shift / 2);
  return Number(mantissa) * 2 ** half * 2 ** (shift - half);
}

function gcd(x: bigint, y: bigint): bigint {
  let a = x;
  let b = y;
  while (b !== 0n) {
    const rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}
