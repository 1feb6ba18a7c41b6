import { InternalError } from '../../../core/errors.ts';
import type { Rational } from './rational.ts';
import * as Q from './rational.ts';

/** An exact number a + b√root; rational where b is 0 (then root is 1). */
export interface Quadratic {
  readonly a: Rational;
  readonly b: Rational;
  readonly root: bigint;
}

/** a + b√root, with square factors taken out of the root. */
export function quadratic(
  a: Rational,
  b: Rational = Q.ZERO,
  root: bigint | number = 1n,
): Quadratic {
  let rest = BigInt(root);
  let outside = 1n;
  for (let p = 2n; p * p <= rest && p < 10_000n; p++) {
    while (rest % (p * p) === 0n) {
      rest /= p * p;
      outside *= p;
    }
  }
  const whole = Q.integerSquareRoot(rest);
  if (whole * whole === rest) {
    const rationalPart = Q.multiply(b, Q.rational(outside * whole));
    return { a: Q.add(a, rationalPart), b: Q.ZERO, root: 1n };
  }
  if (b.n === 0n) return { a, b, root: 1n };
  return { a, b: Q.multiply(b, Q.rational(outside)), root: rest };
}

/** The fraction n/d as an exact number. */
export const fraction = (n: bigint | number, d: bigint | number = 1): Quadratic => ({
  a: Q.rational(n, d),
  b: Q.ZERO,
  root: 1n,
});

/** √x for a rational x ≥ 0. */
export const squareRoot = (x: Rational): Quadratic =>
  quadratic(Q.ZERO, Q.rational(1n, x.d), x.n * x.d);

export const isRational = (x: Quadratic): boolean => x.b.n === 0n;

export function plus(x: Quadratic, y: Quadratic): Quadratic {
  return of(Q.add(x.a, y.a), Q.add(x.b, y.b), commonRoot(x, y));
}

export const minus = (x: Quadratic, y: Quadratic): Quadratic => plus(x, negated(y));

export const negated = (x: Quadratic): Quadratic => ({
  a: Q.negate(x.a),
  b: Q.negate(x.b),
  root: x.root,
});

export function times(x: Quadratic, y: Quadratic): Quadratic {
  const root = commonRoot(x, y);
  const surds = Q.multiply(Q.multiply(x.b, y.b), Q.rational(root));
  return of(
    Q.add(Q.multiply(x.a, y.a), surds),
    Q.add(Q.multiply(x.a, y.b), Q.multiply(x.b, y.a)),
    root,
  );
}

/** x / y for y ≠ 0, by the conjugate of y. */
export function over(x: Quadratic, y: Quadratic): Quadratic {
  const conjugate = { a: y.a, b: Q.negate(y.b), root: y.root };
  const norm = times(y, conjugate).a;
  const { a, b, root } = times(x, conjugate);
  return of(Q.divide(a, norm), Q.divide(b, norm), root);
}

/** −1, 0 or 1, exactly. */
export function signOf({ a, b, root }: Quadratic): -1 | 0 | 1 {
  const rationalSign = Q.sign(a);
  const surdSign = Q.sign(b);
  if (surdSign === 0 || rationalSign === surdSign) return rationalSign;
  if (rationalSign === 0) return surdSign;
  const larger = Q.compare(Q.multiply(a, a), Q.multiply(Q.multiply(b, b), Q.rational(root)));
  return larger > 0 ? rationalSign : surdSign;
}

/** The sign of x − y, for any two roots. */
export function compareQuadratics(x: Quadratic, y: Quadratic): -1 | 0 | 1 {
  if (x.root === y.root || x.root === 1n || y.root === 1n) return signOf(minus(x, y));
  for (let bits = 64; bits <= 4096; bits *= 4) {
    if (Q.compare(enclosure(x, bits).high, enclosure(y, bits).low) < 0) return -1;
    if (Q.compare(enclosure(x, bits).low, enclosure(y, bits).high) > 0) return 1;
  }
  // Irrational parts over different squarefree roots cannot cancel, so the numbers are apart.
  throw new InternalError('compareQuadratics', 'Two different surds could not be told apart.');
}

/** Rationals below and above x, about 2^−bits · |b| apart; equal where x is rational. */
export function enclosure(x: Quadratic, bits = 128): { low: Rational; high: Rational } {
  if (isRational(x)) return { low: x.a, high: x.a };
  const scale = 1n << BigInt(bits);
  const floor = Q.integerSquareRoot(x.root * scale * scale);
  const ends = [floor, floor + 1n].map((r) => Q.add(x.a, Q.multiply(x.b, Q.rational(r, scale))));
  const [low, high] = Q.sign(x.b) > 0 ? ends : ends.reverse();
  return { low: low as Rational, high: high as Rational };
}

/** A double not above x. */
export const numberBelow = (x: Quadratic): number => Q.toNumberDown(enclosure(x).low);

/** A double not below x. */
export const numberAbove = (x: Quadratic): number => Q.toNumberUp(enclosure(x).high);

/** The number in writing: `1/5`, `√5/5`, `(1 + √5)/4`. */
export function quadraticText({ a, b, root }: Quadratic): string {
  if (b.n === 0n) return Q.rationalText(a);
  const surd = (n: bigint) => `${n === 1n ? '' : n}√${root}`;
  if (a.n === 0n) {
    const text = `${b.n < 0n ? '-' : ''}${surd(Q.magnitude(b.n))}`;
    return b.d === 1n ? text : `${text}/${b.d}`;
  }
  // The least common multiple: a.d · b.d / gcd, where a.d / gcd is the top of a.d/b.d reduced.
  const common = b.d * Q.rational(a.d, b.d).n;
  const top = `${(a.n * common) / a.d} ${b.n < 0n ? '-' : '+'} ${surd((Q.magnitude(b.n) * common) / b.d)}`;
  return common === 1n ? top : `(${top})/${common}`;
}

function of(a: Rational, b: Rational, root: bigint): Quadratic {
  return b.n === 0n ? { a, b, root: 1n } : { a, b, root };
}

function commonRoot(x: Quadratic, y: Quadratic): bigint {
  if (x.root === 1n) return y.root;
  if (y.root === 1n || x.root === y.root) return x.root;
  throw new InternalError('quadratic', `√${x.root} and √${y.root} do not share a field.`);
}
