import type { Quadratic } from '../exact/quadratic.ts';
import * as K from '../exact/quadratic.ts';
import * as Q from '../exact/rational.ts';
import type { Bound } from './bound.ts';
import { exactBound } from './bound.ts';

const zero = K.fraction(0);
const one = K.fraction(1);
const golden = (a: number, b: number) => K.quadratic(Q.rational(a, 4), Q.rational(b, 4), 5);

/** The cosines of the 600-cell other than 1, ascending: −1, −φ/2, −1/2, −1/2φ, 0, 1/2φ, 1/2, φ/2. */
const COSINES: readonly Quadratic[] = [
  K.fraction(-1),
  golden(-1, -1),
  K.fraction(-1, 2),
  golden(1, -1),
  zero,
  golden(-1, 1),
  K.fraction(1, 2),
  golden(1, 1),
];

/** Coefficients by ascending power. */
type Polynomial = readonly Quadratic[];

/**
 * The linear-programming proof for 120 points in four dimensions, in the field of √5.
 *
 * f(t) = (t + 1)(t − φ/2) Π (t − tᵢ)² · q(t), tᵢ the six other cosines of the 600-cell and q the monic
 * cubic for which the coefficients f₁₁, f₁₂, f₁₃ on the Gegenbauer polynomials are 0. It is at most
 * 0 up to φ/2 because q is positive there, its other coefficients are not negative, and
 * f(1)/f₀ = 120; so 120 points cannot all have cosines below φ/2.
 */
export function sixHundredCell(n: number, d: number): Bound | undefined {
  if (n !== 120 || d !== 4 || !holds()) return undefined;
  return exactBound(
    {
      name: 'linear programming (600-cell)',
      source: 'Andreev, A spherical code, 1999; Cohn, Kumar, J. AMS 20, 2007',
      how: 'the polynomial of degree 17 checked exactly in the field of √5',
    },
    COSINES[7] as Quadratic,
  );
}

let checked: boolean | undefined;

function holds(): boolean {
  checked ??= sixHundredCellHolds(multiplier());
  return checked;
}

/** Whether a cubic q makes f prove that 120 points are the most possible at cosines below φ/2. */
export function sixHundredCellHolds(q: Polynomial): boolean {
  const f = timesPolynomial(base(), q);
  const coefficients = onGegenbauer(f);
  const total = coefficients.reduce(K.plus, zero);
  return (
    positiveOn(q, K.fraction(-1), COSINES[7] as Quadratic) &&
    coefficients.every((c, k) => (k === 0 ? K.signOf(c) > 0 : K.signOf(c) >= 0)) &&
    K.compareQuadratics(K.over(total, coefficients[0] as Quadratic), K.fraction(120)) === 0
  );
}

/** The monic cubic q that removes the coefficients 11, 12 and 13. */
export function multiplier(): Quadratic[] {
  const columns: Quadratic[][] = [];
  for (let power = 0; power <= 3; power++) {
    const shifted = [...Array<Quadratic>(power).fill(zero), ...base()];
    columns.push(onGegenbauer(shifted).slice(11, 14));
  }
  const at = (column: number, row: number) => (columns[column] as Quadratic[])[row] as Quadratic;
  const determinant = (cs: readonly (readonly Quadratic[])[]) => {
    const [x, y, z] = cs as [Quadratic[], Quadratic[], Quadratic[]];
    const minor = (i: number, j: number) =>
      K.minus(
        K.times(y[i] as Quadratic, z[j] as Quadratic),
        K.times(y[j] as Quadratic, z[i] as Quadratic),
      );
    const terms = [
      K.times(x[0] as Quadratic, minor(1, 2)),
      K.times(x[1] as Quadratic, minor(2, 0)),
      K.times(x[2] as Quadratic, minor(0, 1)),
    ];
    return terms.reduce(K.plus, zero);
  };
  const main = columns.slice(0, 3);
  const right = [0, 1, 2].map((row) => K.negated(at(3, row)));
  const bottom = determinant(main);
  const solution = [0, 1, 2].map((i) =>
    K.over(determinant(main.map((column, j) => (i === j ? right : column))), bottom),
  );
  return [...solution, one];
}

function base(): Quadratic[] {
  const factors = COSINES.flatMap((t, i) => (i === 0 || i === 7 ? [t] : [t, t]));
  return factors.reduce<Quadratic[]>((f, t) => timesPolynomial(f, [K.negated(t), one]), [one]);
}

function timesPolynomial(x: Polynomial, y: Polynomial): Quadratic[] {
  const out = Array<Quadratic>(x.length + y.length - 1).fill(zero);
  for (const [i, a] of x.entries()) {
    for (const [j, b] of y.entries()) out[i + j] = K.plus(out[i + j] as Quadratic, K.times(a, b));
  }
  return out;
}

/** Coefficients on P_k of dimension 4, which are U_k/(k + 1) with U the Chebyshev polynomials. */
function onGegenbauer(f: Polynomial): Quadratic[] {
  const rest = [...f];
  const out = Array<Quadratic>(f.length).fill(zero);
  for (let k = f.length - 1; k >= 0; k--) {
    const chebyshev = secondKind(k);
    const lead = K.over(rest[k] as Quadratic, K.fraction(chebyshev[k] as bigint));
    out[k] = K.times(lead, K.fraction(k + 1));
    for (const [i, c] of chebyshev.entries()) {
      rest[i] = K.minus(rest[i] as Quadratic, K.times(lead, K.fraction(c)));
    }
  }
  return out;
}

function secondKind(degree: number): bigint[] {
  let [before, current] = [[1n], [0n, 2n]];
  if (degree === 0) return before;
  for (let k = 1; k < degree; k++) {
    const next = [0n, ...current.map((c) => 2n * c)];
    for (const [i, c] of before.entries()) next[i] = (next[i] as bigint) - c;
    [before, current] = [current, next];
  }
  return current;
}

/** Whether a cubic is positive on [a, b]: all its Bernstein coefficients there are. */
function positiveOn(q: Polynomial, a: Quadratic, b: Quadratic): boolean {
  // The blossom: coefficient i is the symmetric form at a (3 − i times) and b (i times).
  const [q0, q1, q2, q3] = q as [Quadratic, Quadratic, Quadratic, Quadratic];
  return [0, 1, 2, 3].every((i) => {
    const [x, y, z] = [0, 1, 2].map((j) => (j < i ? b : a)) as [Quadratic, Quadratic, Quadratic];
    const linear = K.over(K.times(q1, K.plus(K.plus(x, y), z)), K.fraction(3));
    const pairs = K.plus(K.plus(K.times(x, y), K.times(y, z)), K.times(x, z));
    const square = K.over(K.times(q2, pairs), K.fraction(3));
    const value = K.plus(
      K.plus(q0, linear),
      K.plus(square, K.times(q3, K.times(x, K.times(y, z)))),
    );
    return K.signOf(value) > 0;
  });
}
