import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as K from '../exact/quadratic.ts';
import * as Q from '../exact/rational.ts';
import { certifiedDelsarte, provesFewer } from './delsarte-certificate.ts';
import { dualSolver } from './delsarte-program.ts';
import { allUpperBounds, linearProgrammingBound, lineBounds, upperBounds } from './index.ts';
import { levenshtein, levenshteinValue } from './levenshtein.ts';
import { levenshteinExactly, levenshteinProves } from './levenshtein-exact.ts';
import { fejesToth } from './planar.ts';
import { multiplier, sixHundredCellHolds } from './six-hundred-cell.ts';

const tightest = (n: number, d: number) => {
  const [first] = upperBounds(n, d);
  if (!first) throw new Error(`no bound for ${n} points in R^${d}`);
  return first;
};

/** Cohn and Kumar, Universally optimal distribution of points on spheres, 2007, Table 1: n, d, cosine. */
const SHARP: readonly (readonly [number, number, K.Quadratic])[] = [
  [12, 3, K.squareRoot(Q.rational(1, 5))],
  [16, 5, K.fraction(1, 5)],
  [27, 6, K.fraction(1, 4)],
  [56, 7, K.fraction(1, 3)],
  [240, 8, K.fraction(1, 2)],
  [112, 21, K.fraction(1, 9)],
  [162, 21, K.fraction(1, 7)],
  [100, 22, K.fraction(1, 11)],
  [275, 22, K.fraction(1, 6)],
  [891, 22, K.fraction(1, 4)],
  [552, 23, K.fraction(1, 5)],
  [4600, 23, K.fraction(1, 3)],
  [196560, 24, K.fraction(1, 2)],
  // q(q³ + 1)/(q + 1) dimensions, (q + 1)(q³ + 1) points, cosine 1/q², for q = 2 and 4.
  [27, 6, K.fraction(1, 4)],
  [325, 52, K.fraction(1, 16)],
];

test.each(SHARP)('%i points in %i dimensions are sharp for Levenshtein’s bound', (n, d, cosine) => {
  const { exact } = tightest(n, d);
  expect(exact && K.compareQuadratics(exact, cosine)).toBe(0);
});

test('simplices, cross-polytopes and polygons meet their bounds exactly', () => {
  for (const [n, d, degrees] of [
    [2, 1, 180],
    [2, 7, 180],
    [3, 7, 120],
    [8, 4, 90],
    [1024, 512, 90],
    [5, 2, 72],
    [10, 2, 36],
    [120, 4, 36],
    [240, 8, 60],
  ] as const) {
    expect(tightest(n, d).deg).toBe(degrees);
  }
  const { exact } = tightest(1000, 1024);
  expect(exact && K.quadraticText(exact)).toBe('-1/999');
});

test('Levenshtein’s bound has the values of its closed form', () => {
  for (const [n, d, degrees] of [
    [24, 3, 44.74379713033792],
    [24, 4, 61.64387352616062],
    [288, 16, 76.01964567471896],
    [1000, 64, 84.74212301638197],
    [20000, 64, 79.76198627953812],
  ] as const) {
    expect(levenshtein(n, d)?.deg).toBeCloseTo(degrees, 10);
  }
});

test('Fejes Tóth’s bound is exact for the icosahedron and beats Levenshtein’s at 130 points', () => {
  expect(fejesToth(24, 3)?.deg).toBeCloseTo(44.715, 3);
  expect(tightest(12, 3).deg).toBeCloseTo(63.434948822922, 11);
  expect(tightest(130, 3).name).toBe('Fejes Tóth');
});

test('no bound is below a known code of the sphere in three dimensions', async () => {
  // Best known smallest angles (Sloane’s tables; Cohn’s table of spherical codes).
  const known: readonly (readonly [number, number])[] = [
    [7, 77.8695421554],
    [8, 74.8584921857],
    [9, 70.5287793655],
    [10, 66.1468219867],
    [11, 63.4349488229],
    [13, 57.1367030783],
    [14, 55.6705700105],
    [24, 43.6907671207],
    [50, 29.7529563969],
    [100, 21.0312020001],
    [130, 18.5103521667],
  ];
  for (const [n, degrees] of known) {
    for (const bound of await allUpperBounds(n, 3)) expect(bound.deg).toBeGreaterThan(degrees);
  }
});

test('a bound never falls below the sharp codes with fewer points', () => {
  for (const [size, d, cosine] of SHARP) {
    for (const n of [size - 1, size - 2, Math.ceil(size * 0.9)]) {
      expect(tightest(n, d).cosine).toBeLessThanOrEqual(K.numberAbove(cosine));
    }
  }
});

test('bounds shrink with more points and grow with more dimensions', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 5000 }),
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 1, max: 300 }),
      (n, more, d) => {
        const here = tightest(n, d).cosine;
        expect(tightest(n + more, d).cosine).toBeGreaterThanOrEqual(here - 1e-14);
        expect(tightest(n, d + 1).cosine).toBeLessThanOrEqual(here + 1e-14);
      },
    ),
    { numRuns: 60 },
  );
});

test('the floating-point bound agrees with the exact one at short fractions', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 3, max: 60 }),
      fc.integer({ min: -30, max: 60 }),
      (d, numerator) => {
        const exact = levenshteinExactly(K.fraction(numerator, 64), d);
        if (exact === undefined || numerator === 0) return;
        const { value } = levenshteinValue(numerator / 64, d);
        expect(value / K.numberAbove(exact)).toBeCloseTo(1, 10);
        const above = Math.ceil(value * (1 + 1e-9)) + 1;
        expect(levenshteinProves(numerator / 64, above, d)).toBe(true);
        expect(levenshteinProves(numerator / 64, Math.floor(value * (1 - 1e-9)), d)).toBe(false);
      },
    ),
    { numRuns: 100 },
  );
});

test('the linear program beats the closed forms at 24 points and is proved', async () => {
  const four = await linearProgrammingBound(24, 4);
  expect(four?.deg).toBeCloseTo(61.4096, 3);
  expect((await allUpperBounds(24, 3))[0]?.deg).toBeCloseTo(44.4474, 3);
});

test('the linear program adds nothing to a sharp code', async () => {
  expect(await linearProgrammingBound(240, 8)).toBeUndefined();
  expect(await linearProgrammingBound(8, 4)).toBeUndefined();
});

/** (t + 1)(t + 1/2)² t² (t − 1/2) on P_0 … P_6 in dimension 8, over its first coefficient; the sum is 240. */
const E8_DUAL = [1, 8, 25, 52, 66.5, 60, 27.5];

test('a polynomial for E8 proves 240 up to rounding, and none of its spoiled copies less', () => {
  const dual = (coefficients: number[]) => ({ d: 8, s: 0.5, coefficients });
  const certified = certifiedDelsarte(dual(E8_DUAL));
  expect(certified && Number(certified.bound.n / certified.bound.d)).toBe(240);
  expect(provesFewer(dual(E8_DUAL), 241)).toBe(true);
  for (let k = 1; k <= 6; k++) {
    for (const factor of [0.9, 0.999, 0.9999999, 1.001, -1]) {
      const spoiled = E8_DUAL.map((c, i) => (i === k ? c * factor : c));
      expect(provesFewer(dual(spoiled), 240)).toBe(false);
    }
  }
  expect(provesFewer(dual([1, 0, 0]), 240)).toBe(false);
  expect(provesFewer(dual([0, 1, 1]), 240)).toBe(false);
});

test('the exchange finds the polynomial of E8 and of the Leech lattice, proved to nine digits', async () => {
  for (const [n, d, s, degree] of [
    [240, 8, 0.5, 16],
    [196560, 24, 0.5, 20],
  ]) {
    const dual = await dualSolver(d, degree)(s, 1e-10);
    const proved = dual && certifiedDelsarte(dual);
    expect(proved && Q.toNumberUp(proved.bound) / n).toBeCloseTo(1, 8);
  }
});

test('the proof of the 600-cell holds, and a wrong multiplier is rejected', () => {
  const q = multiplier();
  expect(q.map(K.quadraticText)).toEqual(['(16 + √5)/16', '(-89 - 5√5)/96', '-25/24', '1']);
  expect(sixHundredCellHolds(q)).toBe(true);
  expect(sixHundredCellHolds([K.fraction(1), ...q.slice(1)])).toBe(false);
});

test('equiangular lines meet the Welch bound, maximal sets of lines the others', () => {
  for (const [n, d, bottom] of [
    [6, 3, 5],
    [16, 6, 9],
    [28, 7, 9],
    [276, 23, 25],
  ] as const) {
    const [first] = lineBounds(n, d);
    expect(first?.name).toBe('Welch');
    const exact = K.squareRoot(Q.rational(1, bottom));
    expect(first?.exact && K.compareQuadratics(first.exact, exact)).toBe(0);
  }
  // The 12 axes of the 24-cell and the 120 of E8.
  expect(lineBounds(12, 4)[0]?.cosine).toBeCloseTo(0.5, 12);
  expect(lineBounds(120, 8)[0]?.cosine).toBe(0.5);
  expect(lineBounds(100, 32)[0]?.cosine).toBeCloseTo(0.146508, 6);
  expect(lineBounds(5, 5)[0]?.deg).toBe(90);
});

test('one point, no dimension and fractions of points are refused in a sentence', async () => {
  expect(() => upperBounds(1, 3)).toThrow('upperBounds: expected at least 2 points; got 1.');
  expect(() => upperBounds(4, 0)).toThrow('at least 1 dimension');
  expect(() => lineBounds(2.5, 3)).toThrow('at least 2 points');
  await expect(linearProgrammingBound(0, 3)).rejects.toThrow('at least 2 points');
  expect(tightest(3, 1).deg).toBe(0);
});
