import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as I from './interval.ts';
import * as K from './quadratic.ts';
import * as Q from './rational.ts';

const doubles = fc.double({ noNaN: true, noDefaultInfinity: true });
const fractions = fc
  .tuple(
    fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
    fc.bigInt({ min: 1n, max: 10n ** 30n }),
  )
  .map(([n, d]) => Q.rational(n, d));
const golden = K.quadratic(Q.rational(1, 2), Q.rational(1, 2), 5);

test('a double survives the way to a fraction and back', () => {
  fc.assert(
    fc.property(doubles, (x) => {
      expect(Q.toNumberDown(Q.fromNumber(x))).toBe(x === 0 ? 0 : x);
      expect(Q.toNumberUp(Q.fromNumber(x))).toBe(x === 0 ? 0 : x);
    }),
  );
});

test('rounding down and up encloses a fraction by neighbouring doubles', () => {
  fc.assert(
    fc.property(fractions, (x) => {
      const down = Q.toNumberDown(x);
      const up = Q.toNumberUp(x);
      expect(Q.compare(Q.fromNumber(down), x)).toBeLessThanOrEqual(0);
      expect(Q.compare(Q.fromNumber(up), x)).toBeGreaterThanOrEqual(0);
      expect(up - down).toBeLessThanOrEqual(Math.abs(down) * 2 ** -52 + Number.MIN_VALUE);
    }),
  );
});

test('the integer square root is the floor', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 80n }), (x) => {
      const r = Q.integerSquareRoot(x);
      expect(r * r <= x && x < (r + 1n) * (r + 1n)).toBe(true);
    }),
  );
});

test('floor and ceiling division differ by one unless the quotient is whole', () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.bigInt({ min: 1n, max: 10n ** 20n }), (x, y) => {
      const floor = Q.floorDivide(x, y);
      expect(floor * y <= x && x < (floor + 1n) * y).toBe(true);
      expect(Q.ceilDivide(x, y) - floor).toBe(floor * y === x ? 0n : 1n);
    }),
  );
});

test('the golden ratio solves x² = x + 1', () => {
  expect(K.signOf(K.minus(K.times(golden, golden), K.plus(golden, K.fraction(1))))).toBe(0);
  expect(K.signOf(K.minus(K.over(K.fraction(1), golden), K.minus(golden, K.fraction(1))))).toBe(0);
});

test('surds compare across roots, and their signs are exact', () => {
  expect(K.compareQuadratics(K.squareRoot(Q.rational(2)), K.squareRoot(Q.rational(3)))).toBe(-1);
  expect(K.signOf(K.quadratic(Q.rational(-7), Q.rational(5), 2))).toBe(1);
  expect(K.signOf(K.quadratic(Q.rational(-141_421_356), Q.rational(100_000_000), 2))).toBe(1);
  expect(K.signOf(K.quadratic(Q.rational(-141_421_357), Q.rational(100_000_000), 2))).toBe(-1);
});

test('exact numbers are written shortly', () => {
  expect(K.quadraticText(K.over(golden, K.fraction(2)))).toBe('(1 + √5)/4');
  expect(K.quadraticText(K.squareRoot(Q.rational(1, 5)))).toBe('√5/5');
  expect(K.quadraticText(K.squareRoot(Q.rational(9, 4)))).toBe('3/2');
  expect(K.quadraticText(K.quadratic(Q.rational(1, 6), Q.rational(-1, 4), 12))).toBe('(1 - 3√3)/6');
});

test('the doubles beside a surd enclose it', () => {
  expect(K.numberBelow(golden)).toBeLessThanOrEqual((1 + Math.sqrt(5)) / 2);
  expect(K.numberAbove(golden) - K.numberBelow(golden)).toBe(2 ** -52);
});

test('π and the cosine are enclosed to 50 digits', () => {
  const pi = Q.rational(314159265358979323846264338327950288419716939937510n, 10n ** 50n);
  const ulp = Q.rational(1n, 10n ** 49n);
  expect(Q.compare(I.lowEnd(I.PI), Q.add(pi, ulp))).toBe(-1);
  expect(Q.compare(I.highEnd(I.PI), Q.subtract(pi, ulp))).toBe(1);
  expect(Q.compare(Q.subtract(I.highEnd(I.PI), I.lowEnd(I.PI)), ulp)).toBe(-1);
  for (const [n, d, exact] of [
    [1, 3, Q.rational(1, 2)],
    [2, 3, Q.rational(-1, 2)],
    [1, 2, Q.ZERO],
    [-7, 3, Q.rational(1, 2)],
    [1, 1, Q.rational(-1)],
  ] as const) {
    const c = I.cosineOfHalfTurns(Q.rational(n, d));
    expect(Q.compare(I.lowEnd(c), exact)).toBeLessThanOrEqual(0);
    expect(Q.compare(I.highEnd(c), exact)).toBeGreaterThanOrEqual(0);
    expect(Q.compare(Q.subtract(I.highEnd(c), I.lowEnd(c)), Q.rational(1n, 10n ** 50n))).toBe(-1);
  }
});

test('degrees above an angle are above it by at most a few ulps', () => {
  fc.assert(
    fc.property(fc.double({ min: -1, max: 0.999, noNaN: true }), (c) => {
      const degrees = I.degreesAbove(Q.fromNumber(c));
      const plain = (Math.acos(c) * 180) / Math.PI;
      expect(Math.abs(degrees - plain)).toBeLessThanOrEqual(plain * 1e-14);
      if (degrees < 180) {
        const cosine = I.cosineOfHalfTurns(Q.divide(Q.fromNumber(degrees), Q.rational(180)));
        expect(Q.compare(I.highEnd(cosine), Q.fromNumber(c))).toBeLessThanOrEqual(0);
      }
    }),
    { numRuns: 50 },
  );
});
