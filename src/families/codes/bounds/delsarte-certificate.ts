import type { Rational } from '../exact/rational.ts';
import * as Q from '../exact/rational.ts';

/** A polynomial Σ coefficients[k] · P_k in dimension `d`, to be at most 0 on [−1, s]. */
export interface Dual {
  readonly d: number;
  readonly s: number;
  readonly coefficients: ArrayLike<number>;
}

export interface Certified {
  /** Not below the largest value of the polynomial on [−1, s], and not below 0. */
  readonly excess: Rational;
  /** No code with all cosines at most s has more points. */
  readonly bound: Rational;
}

/** Coefficients are read with this many bits after the point, rounded down: still a polynomial. */
const COEFFICIENT_BITS = 128;
/** Bernstein coefficients are kept with this many, rounded up. */
const VALUE_BITS = 256n;
const MOST_CELLS = 4000;

/**
 * The Delsarte bound proved in whole numbers, or undefined where the polynomial proves nothing.
 *
 * Negative coefficients are clipped to 0. The polynomial is expanded on [−1, s] exactly and bounded
 * there by its Bernstein coefficients under subdivision; with that excess δ, f − δ is at most 0 on
 * [−1, s] and n ≤ (f(1) − δ)/(f₀ − δ) wherever δ < f₀.
 */
export function certifiedDelsarte({ d, s, coefficients }: Dual): Certified | undefined {
  const whole = Array.from(coefficients, (c) => (c > 0 ? scaledDown(c) : 0n));
  const point = Q.fromNumber(s);
  const largest = largestOnInterval(bernstein(powers(whole, d), point));
  const unit = Q.rational(1n << BigInt(COEFFICIENT_BITS));
  const excess = Q.rational(largest > 0n ? largest : 0n, 1n << VALUE_BITS);
  const constant = Q.divide(Q.rational(whole[0] ?? 0n), unit);
  if (Q.compare(excess, constant) >= 0) return undefined;
  const atOne = Q.divide(Q.rational(whole.reduce((x, y) => x + y, 0n)), unit);
  return {
    excess,
    bound: Q.divide(Q.subtract(atOne, excess), Q.subtract(constant, excess)),
  };
}

/** Whether the polynomial proves that fewer than n points have all cosines at most its s. */
export function provesFewer(dual: Dual, n: number): boolean {
  const certified = certifiedDelsarte(dual);
  return certified !== undefined && Q.compare(certified.bound, Q.rational(n)) < 0;
}

const scaledDown = (c: number): bigint => {
  const { n, d } = Q.fromNumber(c);
  return (n << BigInt(COEFFICIENT_BITS)) / d;
};

/** A polynomial in t: whole coefficients by ascending power over one denominator. */
interface Powers {
  readonly tops: readonly bigint[];
  readonly bottom: bigint;
}

/** Σ F_k P_k in powers of t, over the product of all the recurrence's denominators. */
function powers(whole: readonly bigint[], d: number): Powers {
  const degree = whole.length - 1;
  // D_k = Π_{j<k}(j + d − 2) makes D_k P_k a polynomial with whole coefficients.
  let polynomialBefore: bigint[] = [1n];
  let polynomial: bigint[] = [0n, 1n];
  let bottom = 1n;
  let sum = Array<bigint>(degree + 1).fill(0n);
  const accumulate = (p: readonly bigint[], c: bigint) => {
    for (const [i, v] of p.entries()) sum[i] = (sum[i] as bigint) + c * v;
  };
  accumulate(polynomialBefore, whole[0] ?? 0n);
  if (degree >= 1) accumulate(polynomial, whole[1] ?? 0n);
  for (let k = 1; k < degree; k++) {
    const step = BigInt(k + d - 2);
    const scaleBefore = k === 1 ? 1n : BigInt(k + d - 3);
    const next = [0n, ...polynomial.map((c) => BigInt(2 * k + d - 2) * c)];
    for (const [i, c] of polynomialBefore.entries()) {
      next[i] = (next[i] as bigint) - BigInt(k) * scaleBefore * c;
    }
    [polynomialBefore, polynomial] = [polynomial, next];
    sum = sum.map((c) => c * step);
    bottom *= step;
    accumulate(polynomial, whole[k + 1] ?? 0n);
  }
  return { tops: sum, bottom: bottom << BigInt(COEFFICIENT_BITS) };
}

/** Bernstein coefficients on [−1, s], times 2^VALUE_BITS, rounded up. */
function bernstein({ tops, bottom }: Powers, s: Rational): bigint[] {
  const degree = tops.length - 1;
  // t = (−q + (p + q)u)/q; Horner's scheme in u with a power of q in each step.
  const constant = -s.d;
  const slope = s.n + s.d;
  let composed: bigint[] = [];
  let power = 1n;
  for (let i = degree; i >= 0; i--) {
    const next = Array<bigint>(composed.length + 1).fill(0n);
    for (const [j, c] of composed.entries()) {
      next[j] = (next[j] as bigint) + c * constant;
      next[j + 1] = (next[j + 1] as bigint) + c * slope;
    }
    next[0] = (next[0] as bigint) + (tops[i] as bigint) * power;
    power *= s.d;
    composed = next;
  }
  const scale = bottom * (power / s.d);
  return composed.map((_, i) => {
    let value = Q.ZERO;
    for (let j = 0; j <= i; j++) {
      const share = Q.rational(choose(i, j), choose(degree, j));
      value = Q.add(value, Q.multiply(share, Q.rational(composed[j] as bigint)));
    }
    return Q.ceilDivide(value.n << VALUE_BITS, value.d * scale);
  });
}

/** Not below the largest value; cells are halved until that is within 2^−60 of a value reached. */
function largestOnInterval(first: bigint[]): bigint {
  const slack = 1n << (VALUE_BITS - 60n);
  const cells = [first];
  let reached = maximum([first[0] as bigint, first.at(-1) as bigint]);
  let above = reached;
  for (let done = 0; cells.length > 0; done++) {
    const cell = cells.pop() as bigint[];
    const most = maximum(cell);
    reached = maximum([reached, cell[0] as bigint, cell.at(-1) as bigint]);
    if (most <= (reached > 0n ? reached : 0n) + slack || done > MOST_CELLS) {
      above = maximum([above, most]);
      continue;
    }
    const left: bigint[] = [];
    const right: bigint[] = [];
    let current = cell;
    while (current.length > 0) {
      left.push(current[0] as bigint);
      right.push(current.at(-1) as bigint);
      // −((−x) >> 1) is x/2 rounded up.
      current = current.slice(1).map((c, i) => -(-(c + (current[i] as bigint)) >> 1n));
    }
    cells.push(left, right.reverse());
  }
  return maximum([above, reached]);
}

function maximum(values: readonly bigint[]): bigint {
  let most = values[0] as bigint;
  for (const value of values) if (value > most) most = value;
  return most;
}

function choose(n: number, k: number): bigint {
  let value = 1n;
  for (let i = 1; i <= k; i++) value = (value * BigInt(n - k + i)) / BigInt(i);
  return value;
}
